-- Packages, sources and reports, by content. Apart from the hot rows, so that those stay small.
create table blobs (
    hash       bytea primary key,          -- SHA-256 of content
    content    bytea not null,
    created_at timestamptz not null default now()
);
