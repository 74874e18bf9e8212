-- What central was asked to install where, and what came of it, machine by machine. What was given to log in there is
-- never here.
create sequence installation_seq start with 50 increment by 50;

create table installation (
    id bigint not null primary key,
    roles varchar(40) not null,
    login varchar(100) not null,
    dry_run boolean not null,
    asked_by varchar(200) not null,
    asked_millis bigint not null,
    ended_millis bigint
);

create index installation_newest on installation (id desc);

create sequence installation_machine_seq start with 50 increment by 50;

create table installation_machine (
    id bigint not null primary key,
    installation bigint not null references installation (id),
    place integer not null,
    host varchar(255) not null,
    port integer not null,
    state varchar(12) not null,
    step varchar(12),
    reason varchar(1000),
    shown_keys varchar(500),
    version varchar(60),
    host_system bigint references system (number),
    source_system bigint references system (number),
    started_millis bigint,
    ended_millis bigint,
    constraint installation_machine_place unique (installation, place)
);

-- Which machine came with a token is asked for while it is being installed.
create index system_token on system (token);
