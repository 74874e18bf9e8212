create sequence pack_seq start with 50 increment by 50;

-- A pack belongs to the snapshots from_version <= version < to_version of its source.
create table pack (
    id bigint not null primary key,
    source bigint not null references system (number),
    pack varchar(64) not null,
    class smallint not null,
    length bigint not null,
    k smallint not null,
    n smallint not null,
    from_version bigint,
    to_version bigint,
    state varchar(4) not null,
    gone_epoch bigint,
    gone_seconds bigint,
    constraint pack_name unique (source, pack)
);

create index pack_interval on pack (source, from_version);

create sequence fragment_seq start with 50 increment by 50;

create table fragment (
    id bigint not null primary key,
    pack bigint not null references pack (id),
    number smallint not null,
    host bigint not null references host (number),
    fragment varchar(64) not null,
    length bigint not null,
    receipt ${octets} not null,
    constraint fragment_place unique (pack, number, host)
);

create index fragment_host on fragment (host);
