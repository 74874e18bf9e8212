create sequence enrollment_token_seq start with 50 increment by 50;

-- The token itself is known to nobody but its bearer. No count of remaining uses: any number.
create table enrollment_token (
    id bigint not null primary key,
    hash varchar(64) not null,
    roles varchar(20) not null,
    remaining integer,
    expires_millis bigint not null,
    created_millis bigint not null,
    created_by varchar(200) not null,
    constraint enrollment_token_hash unique (hash)
);
