-- What grade-dispatch's runner grades, as it found it at start.
create table languages (
    name       text primary key,
    tools      jsonb not null,             -- {"gcc": "12.2.0"}
    test_kinds jsonb not null,             -- ["stdio", "calls"]
    updated_at timestamptz not null default now()
);
