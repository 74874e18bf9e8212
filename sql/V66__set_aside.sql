-- The last reports of a host's daemon, by the names that it gave them, and why and since when central set it aside.
alter table host add column last_reports varchar(80);
alter table host add column set_aside varchar(200);
alter table host add column set_aside_millis bigint;
