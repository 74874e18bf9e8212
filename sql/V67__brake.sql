create sequence brake_seq start with 50 increment by 50;

-- Where deletion is stopped: of a source, or of all when there is none. The key is that of a brake that is on.
create table brake (
    id bigint not null primary key,
    source bigint references system (number),
    open_key varchar(32) unique,
    last_good bigint,
    pulled_by varchar(200) not null,
    pulled_millis bigint not null,
    reason varchar(500) not null,
    released_by varchar(200),
    released_millis bigint
);

create index brake_source on brake (source);

-- By what a commit was judged, beside the book of packs. Shares are of what was needed a day before; none on a first day.
-- The octets of what was new in files are the source's word, before and after compression.
create table brake_commit (
    source bigint not null references system (number),
    version bigint not null,
    selection varchar(64) not null,
    share_gone double precision,
    share_new double precision,
    share_rewritten double precision,
    new_plain bigint not null,
    new_stored bigint not null,
    primary key (source, version)
);
