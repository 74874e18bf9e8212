-- Number 1 is central itself.
create sequence system_seq start with 2 increment by 1;

create table system (
    number bigint not null primary key,
    name varchar(100) not null,
    roles varchar(20) not null,
    public_key ${octets} not null,
    key_fingerprint varchar(64) not null,
    token bigint not null,
    enrolled_millis bigint not null,
    revoked_millis bigint,
    constraint system_key unique (key_fingerprint)
);

-- Space in octets: as measured at the last report, and what was promised since.
create table host (
    number bigint not null primary key references system (number),
    address varchar(300) not null,
    failure_domain varchar(100) not null,
    decided varchar(12) not null,
    state varchar(12) not null,
    available_bytes bigint not null,
    promised_bytes bigint not null,
    quota_bytes bigint not null,
    kept_bytes bigint not null,
    disk_bytes bigint not null,
    disk_free_bytes bigint not null,
    fragments bigint not null,
    heard_millis bigint,
    boots bigint not null,
    daemon_version varchar(60),
    last_receipt varchar(64),
    counters varchar(4000) not null,
    looked_seconds bigint not null,
    rating double precision not null
);
