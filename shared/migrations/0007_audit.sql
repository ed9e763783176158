-- Every call that changed something: who, what, when. Never updated.
create table audit (
    id      bigint generated always as identity primary key,
    who     text not null,
    what    text not null,
    subject text not null,
    at      timestamptz not null default now()
);
