-- Who did what, each row bound to the one before by its hash.
create table log (
    sequence bigint not null primary key,
    written_millis bigint not null,
    actor varchar(200) not null,
    action varchar(40) not null,
    subject varchar(200) not null,
    detail varchar(2000) not null,
    previous varchar(64) not null,
    hash varchar(64) not null
);

-- One row: the newest hash. Whoever appends locks it.
create table log_head (
    id integer not null primary key,
    sequence bigint not null,
    hash varchar(64) not null
);

insert into log_head (id, sequence, hash)
values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
