-- Events that were decided on but not yet handed to the broker. Written with the row they speak of.
create table outbox (
    id          uuid primary key,          -- UUID v7, also the event's id
    source      text not null,             -- /faultline/<part>
    name        text not null,             -- submission.received
    subject     text not null,
    data        jsonb not null,
    traceparent text,
    tracestate  text,
    created_at  timestamptz not null default now(),
    sent_at     timestamptz
);

create index outbox_waiting on outbox (id) where sent_at is null;
create index outbox_subject on outbox (subject);

-- Events that a consumer has done. Claimed in the transaction that does the work.
create table inbox (
    source     text not null,
    id         text not null,
    consumer   text not null,
    claimed_at timestamptz not null default now(),
    primary key (source, id, consumer)
);

-- Events that no retry will mend, with the reason, for people to look at. (RabbitMQ keeps its own.)
create table dead_letters (
    id         uuid primary key,
    queue      text not null,
    event      jsonb not null,             -- CloudEvent in JSON
    reason     text not null,
    created_at timestamptz not null default now()
);
