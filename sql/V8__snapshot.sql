-- until_millis 0: nobody has it.
create table lease (
    source bigint not null primary key references system (number),
    epoch bigint not null,
    until_millis bigint not null
);

create sequence snapshot_seq start with 50 increment by 50;

create table snapshot (
    id bigint not null primary key,
    source bigint not null references system (number),
    version bigint not null,
    hash varchar(64) not null,
    epoch bigint not null,
    received_millis bigint not null,
    files bigint not null,
    bytes bigint not null,
    stored_bytes bigint not null,
    manifest ${big} not null,
    committed ${octets} not null,
    constraint snapshot_version unique (source, version),
    constraint snapshot_hash unique (source, hash)
);
