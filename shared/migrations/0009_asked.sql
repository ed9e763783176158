-- How long a search may add suspects, and how often feedback was asked for: so that both end.
alter table attempts
    add column search_until timestamptz,                     -- null = no search, or it never came
    add column feedback_asked integer not null default 0,    -- events `grading.finished` for this attempt
    add column feedback_asked_at timestamptz;                -- the newest of them

create index attempts_searching on attempts (search_until) where 'search' = any (pending);
