-- What a host's owner asked for at central: to lend no more than this, and to keep no less free. Nothing: as was said at
-- the machine. Beside it, what its daemon said of its terms at the last report.
alter table host add column limit_number bigint default 0 not null;
alter table host add column limit_quota_bytes bigint;
alter table host add column limit_quota_percent double precision;
alter table host add column limit_keep_free_bytes bigint;
alter table host add column limit_keep_free_percent double precision;
alter table host add column limit_asked_by varchar(200);
alter table host add column limit_asked_millis bigint;
alter table host add column limit_kept_bytes bigint;
alter table host add column followed_limit bigint;
alter table host add column own_quota_bytes bigint;
alter table host add column keep_free_bytes bigint;
