create sequence alert_seq start with 50 increment by 50;

-- What is or was wrong, and with whom. open_key: kind and subject while it lasts, nothing afterwards; so an alert is raised once.
-- pending: what people have not been told yet (RAISED, REMINDED, RESOLVED).
create table alert (
    id bigint not null primary key,
    kind varchar(40) not null,
    subject varchar(200) not null,
    name varchar(200) not null,
    detail varchar(1000) not null,
    since_millis bigint not null,
    raised_millis bigint not null,
    told_millis bigint,
    resolved_millis bigint,
    acknowledged_millis bigint,
    acknowledged_by varchar(200),
    open_key varchar(250),
    pending varchar(10),
    constraint alert_open unique (open_key)
);

create index alert_pending on alert (pending);
create index alert_resolved on alert (resolved_millis);

create sequence outbox_seq start with 50 increment by 50;

-- Messages on their way. One that arrived is taken out; one that did not within a day, too.
create table outbox (
    id bigint not null primary key,
    channel varchar(10) not null,
    target varchar(500) not null,
    subject varchar(200) not null,
    body varchar(100000) not null,
    made_millis bigint not null,
    attempts integer not null,
    next_millis bigint not null,
    failure varchar(500)
);

create index outbox_next on outbox (next_millis);

-- The most a host has lent of late, to notice when it suddenly lends much less.
create table lent_space (
    host bigint not null primary key references host (number),
    lent_bytes bigint not null,
    seen_millis bigint not null
);

create index snapshot_received on snapshot (source, received_millis);

-- Nothing is deleted anywhere before this time: written when central was made again from a dump.
create table prune_lock (
    id bigint not null primary key,
    until_millis bigint not null,
    reason varchar(200) not null
);

insert into turn (name, holder, until_millis) values ('alerts', '', 0);
insert into turn (name, holder, until_millis) values ('dump', '', 0);
