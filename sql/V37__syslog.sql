-- One row: up to which entry the log was given to the receiver of syslog.
create table syslog_cursor (
    id integer not null primary key,
    sequence bigint not null
);

insert into syslog_cursor (id, sequence) values (1, 0);

insert into turn (name, holder, until_millis) values ('syslog', '', 0);
