-- Keys that another key of the same system replaced: its machine was lost, another one took its place.
create table former_key (
    fingerprint varchar(64) not null primary key,
    system bigint not null references system (number),
    public_key ${octets} not null,
    replaced_millis bigint not null
);

create index former_key_system on former_key (system);

create sequence recovery_seq start with 50 increment by 50;

-- What was asked for and what came of it. Paths and file names are never here.
create table recovery (
    id bigint not null primary key,
    source bigint not null references system (number),
    snapshot varchar(64) not null,
    version bigint not null,
    way varchar(12) not null,
    paths integer not null,
    format varchar(12),
    asked_by varchar(200) not null,
    asked_millis bigint not null,
    expires_millis bigint not null,
    state varchar(12) not null,
    token_hash varchar(64),
    holder varchar(64),
    ended_millis bigint,
    files bigint not null,
    bytes bigint not null,
    failed bigint not null,
    left_out bigint not null,
    octets bigint not null,
    digest varchar(64),
    served varchar(2000) not null,
    away varchar(2000) not null,
    reason varchar(500),
    constraint recovery_token unique (token_hash)
);

create index recovery_source on recovery (source);
