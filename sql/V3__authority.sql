create table certificate (
    serial varchar(40) not null primary key,
    system bigint not null references system (number),
    issued_millis bigint not null,
    expires_millis bigint not null,
    octets ${octets} not null
);

create index certificate_system on certificate (system);
