-- One learner's files for one assignment version. State belongs to the attempt; what a reader needs
-- at once (state, attempt shown) is kept here too, written in the same transaction.
create table submissions (
    id              uuid primary key,
    course          text not null,
    assignment      text not null,
    version         integer not null,
    learner         text not null,
    language        text not null,
    source_hash     bytea not null references blobs (hash),   -- shared::submission::Files as JSON
    git             jsonb,
    try             integer,               -- counted when it is first graded
    state           text not null default 'queued'
                    check (state in ('queued', 'grading', 'graded', 'complete', 'failed')),
    revision        integer not null default 1,
    shown_attempt   uuid,                  -- the attempt whose result readers see
    idempotency_key text,                  -- null once it is older than 24 h
    body_hash       bytea not null,
    submitted_at    timestamptz not null default now(),
    unique (learner, idempotency_key),
    foreign key (course, assignment, version) references assignments (course, id, version)
);

create index submissions_newest on submissions (course, assignment, id desc);
create index submissions_learner on submissions (learner, id desc);
create index submissions_open on submissions (learner) where state in ('queued', 'grading');
