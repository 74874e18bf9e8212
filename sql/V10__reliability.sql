-- Which kind of machine it is, by its week; and why nobody can reach it, where that is so.
alter table host add column availability varchar(12) default 'unknown' not null;
alter table host add column unreachable varchar(500);

drop table looks;

-- How reliably a host could be reached, fading: shares times seconds, and seconds, as they weighed at until_seconds.
-- The profile is 168 hours of the week from Monday 00:00 UTC, each a share times hours and hours, as floats.
create table track_record (
    host bigint not null primary key references host (number),
    until_seconds bigint not null,
    reached double precision not null,
    weight double precision not null,
    central_reached double precision not null,
    central_weight double precision not null,
    peers_reached double precision not null,
    peers_weight double precision not null,
    profile_hour bigint not null,
    profile ${octets} not null
);
