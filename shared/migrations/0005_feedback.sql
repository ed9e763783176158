-- What a writer wrote for an attempt; a later, verified text replaces it.
create table feedbacks (
    attempt_id    uuid primary key references attempts (id),
    submission_id uuid not null references submissions (id),
    writer        text not null,
    verified      boolean not null default false,
    summary       text not null,
    hints         jsonb not null,          -- all levels: [shared::submission::Hint]
    problem       jsonb,                   -- in place of feedback, where it failed for good
    unlocked      integer not null,        -- the hint level that the learner may read up to
    created_at    timestamptz not null default now()
);

-- Questions are numbered per submission and never reused.
create table questions (
    submission_id uuid not null references submissions (id),
    n             integer not null check (n > 0),
    attempt_id    uuid not null references attempts (id),
    text          text not null,
    path          text,
    line          integer,
    answer        text not null,           -- observed while running; never shown before an answer is given
    answered      jsonb,                   -- shared::submission::Answered
    primary key (submission_id, n)
);
