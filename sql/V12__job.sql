create sequence job_seq start with 50 increment by 50;

-- Work for a source. Whatever may hold names of files is sealed: the order, the paths, the outcome.
create table job (
    id bigint not null primary key,
    system bigint not null references system (number),
    kind varchar(20) not null,
    state varchar(12) not null,
    due_millis bigint,
    actor varchar(200) not null,
    reason varchar(200),
    salt ${octets} not null,
    order_document ${octets} not null,
    paths bigint not null,
    pages integer not null,
    created_millis bigint not null,
    started_millis bigint,
    ended_millis bigint,
    cancelled_by varchar(200),
    agent varchar(32),
    claim bigint not null,
    attempts integer not null,
    lease_millis bigint not null,
    files bigint not null,
    files_total bigint not null,
    bytes bigint not null,
    bytes_total bigint not null,
    stored_bytes bigint not null,
    warnings bigint not null,
    bytes_per_second bigint not null,
    seconds_left bigint,
    exit_code integer,
    summary varchar(4000),
    failure varchar(500),
    outcome ${octets},
    constraint job_due unique (system, due_millis)
);

create index job_system on job (system, state);
create index job_state on job (state, lease_millis);
create index job_ended on job (ended_millis);

-- A page of paths, one a line, packed and sealed.
create table job_paths (
    job bigint not null references job (id),
    page integer not null,
    octets ${octets} not null,
    primary key (job, page)
);

insert into turn (name, holder, until_millis) values ('jobs', '', 0);

-- What each version of the master file changed; kept for longer than the versions themselves.
create table master_file_change (
    version bigint not null primary key,
    made_seconds bigint not null,
    reason varchar(200) not null,
    hosts integer not null,
    added integer not null,
    changed integer not null,
    gone integer not null,
    changes ${big} not null
);
