create sequence policy_seq start with 50 increment by 50;

-- What one scope sets: the company, a group, a system, or a folder of a system.
create table policy (
    id bigint not null primary key,
    scope varchar(10) not null,
    name varchar(500) not null,
    document varchar(100000) not null,
    changed_millis bigint not null,
    changed_by varchar(200) not null,
    constraint policy_name unique (scope, name)
);

create sequence policy_change_seq start with 50 increment by 50;

-- Added, never changed. No document before: it was made; none after: it was taken away.
create table policy_change (
    id bigint not null primary key,
    scope varchar(10) not null,
    name varchar(500) not null,
    changed_millis bigint not null,
    changed_by varchar(200) not null,
    before_document varchar(100000),
    after_document varchar(100000)
);

create index policy_change_name on policy_change (scope, name, changed_millis);

-- The groups of a system; position 0 wins.
create table system_label (
    system bigint not null references system (number),
    position integer not null,
    label varchar(60) not null,
    primary key (system, position)
);

create index system_label_label on system_label (label);

-- When the next backup of a source is due; no time: never. Stale: to be found out again.
create table backup_due (
    source bigint not null primary key references system (number),
    next_millis bigint,
    last_millis bigint,
    stale integer not null
);

create index backup_due_next on backup_due (next_millis);
create index backup_due_stale on backup_due (stale);

insert into turn (name, holder, until_millis) values ('schedule', '', 0);
