-- Which version of which program runs on which system, as the programs themselves say.
create table program (
    system bigint not null references system (number),
    program varchar(12) not null,
    version varchar(60) not null,
    arch varchar(20) not null,
    upkeep varchar(12) not null,
    since_millis bigint not null,
    heard_millis bigint not null,
    primary key (system, program)
);

-- What was ordered to be upgraded, and what came of it, program by program.
create sequence upgrade_seq start with 50 increment by 50;

create table upgrade (
    id bigint not null primary key,
    version varchar(60) not null,
    asked_by varchar(200) not null,
    asked_millis bigint not null,
    stopped varchar(1000),
    ended_millis bigint
);

create index upgrade_open on upgrade (ended_millis);

create sequence upgrade_program_seq start with 50 increment by 50;

create table upgrade_program (
    id bigint not null primary key,
    upgrade bigint not null references upgrade (id),
    place integer not null,
    system bigint not null references system (number),
    program varchar(12) not null,
    before_version varchar(60) not null,
    state varchar(12) not null,
    reason varchar(1000),
    begun_millis bigint,
    ended_millis bigint,
    constraint upgrade_program_place unique (upgrade, place)
);

create index upgrade_program_system on upgrade_program (system, program, state);
