-- What instructors set. A version never changes once it is written; only its state does.
create table assignments (
    course       text not null,
    id           text not null,
    version      integer not null check (version > 0),
    state        text not null check (state in ('checking', 'ready', 'rejected')),
    package_hash bytea not null references blobs (hash),
    manifest     jsonb not null,           -- shared::package::Manifest
    details      jsonb not null,           -- shared::assignment::Details: what learners may read
    problem      jsonb,                    -- why it was rejected
    created_by   text not null,
    created_at   timestamptz not null default now(),
    primary key (course, id, version),
    unique (course, id, package_hash)
);
