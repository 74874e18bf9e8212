-- How honestly a host proves what it keeps, 0 to 1: right answers raise it, wrong ones lower it.
alter table host add column honesty double precision default 1 not null;

-- What central asked a host to prove, on a day (UTC) and the day before. Due: up to when it was asked for as much as is
-- its share. Answered: when it answered last. Silent: since when it left requests unanswered, and how many in a row.
create table host_proof (
    host bigint not null primary key references host (number),
    due_millis bigint not null,
    answered_millis bigint,
    silent_millis bigint,
    silent_times integer not null,
    epoch_day bigint not null,
    asked bigint not null,
    proved bigint not null,
    asked_before bigint not null,
    proved_before bigint not null
);

insert into turn (name, holder, until_millis) values ('proof', '', 0);
