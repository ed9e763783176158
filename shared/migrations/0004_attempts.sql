-- One run of the grader. Final states (complete, failed, lost) never change: a trigger keeps it so.
create table attempts (
    id            uuid primary key,
    submission_id uuid references submissions (id),   -- null for kind check
    course        text not null,
    assignment    text not null,
    version       integer not null,
    language      text not null,
    kind          text not null check (kind in ('grade', 'regrade', 'verify', 'check')),
    n             integer not null check (n > 0),     -- 1, 2, 3 of the same submission and kind
    counted       boolean not null default true,      -- a loss while we ourselves were down is not
    state         text not null default 'queued'
                  check (state in ('queued', 'grading', 'graded', 'complete', 'failed', 'lost')),
    token_hash    bytea,                              -- SHA-256 of the judge's token; null = none valid
    lease_until   timestamptz,
    started_at    timestamptz,                        -- handed to the runner
    claimed_at    timestamptz,
    graded_at     timestamptz,
    completed_at  timestamptz,
    report_hash   bytea references blobs (hash),
    points        numeric(12, 4),
    possible      numeric(12, 4),
    pending       text[] not null default '{}',       -- search, model, regrade
    progress      jsonb,                              -- shared::submission::Progress
    problem       jsonb,                              -- why it failed
    created_at    timestamptz not null default now(),
    foreign key (course, assignment, version) references assignments (course, id, version)
);

create index attempts_submission on attempts (submission_id);
create index attempts_assignment on attempts (course, assignment, version) where kind = 'check';
create index attempts_open on attempts (state, created_at) where state in ('queued', 'grading', 'graded');

create function final_states_stay() returns trigger language plpgsql as $$
begin
    if old.state in ('complete', 'failed', 'lost') and new.state <> old.state then
        raise exception 'attempt % is %, which is final', old.id, old.state;
    end if;
    return new;
end $$;

create trigger final_states_stay before update of state on attempts
    for each row execute function final_states_stay();
