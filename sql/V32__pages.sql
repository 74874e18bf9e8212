-- When the newest snapshot of a source was received; nothing before its first. Kept at each commit, so that lists of systems are one query.
alter table system add column backed_up_millis bigint;

update system set backed_up_millis =
    (select max(s.received_millis) from snapshot s where s.source = system.number);

create index system_name on system (name);
create index snapshot_time on snapshot (received_millis);
create index log_subject on log (subject, sequence);
create index log_actor on log (actor, sequence);

-- How a host stood on each day, when central looked last on it. Days since 1970, UTC; octets.
create table host_day (
    host bigint not null references host (number),
    epoch_day bigint not null,
    free_bytes bigint not null,
    disk_free_bytes bigint not null,
    kept_bytes bigint not null,
    quota_bytes bigint not null,
    rating double precision not null,
    primary key (host, epoch_day)
);

create index host_day_day on host_day (epoch_day);
