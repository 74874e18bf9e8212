create sequence approval_seq start with 50 increment by 50;

-- Leave to open what a system keeps: asked for by one person; given by another, or by time.
create table approval (
    id bigint not null primary key,
    system bigint not null references system (number),
    purpose varchar(200) not null,
    why varchar(500),
    officers boolean not null,
    asked_by varchar(200) not null,
    asked_millis bigint not null,
    opens_millis bigint,
    expires_millis bigint not null,
    state varchar(12) not null,
    decided_by varchar(200),
    decided_millis bigint
);

create index approval_state on approval (state, expires_millis);

alter table recovery add column approval bigint references approval (id);
