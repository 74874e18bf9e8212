-- The text is kept gzipped.
create table master_file (
    version bigint not null primary key,
    made_seconds bigint not null,
    reason varchar(200) not null,
    octets ${big} not null
);

-- Whose turn it is to do what only one server may do at a time.
create table turn (
    name varchar(40) not null primary key,
    holder varchar(80) not null,
    until_millis bigint not null
);

insert into turn (name, holder, until_millis) values ('master-file', '', 0);
