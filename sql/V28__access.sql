create sequence api_token_seq start with 50 increment by 50;

-- Tokens of people for programs, and their short logins, which have no name. The text is known to nobody but its bearer.
create table api_token (
    id bigint not null primary key,
    hash varchar(64) not null,
    owner varchar(200) not null,
    name varchar(100),
    roles varchar(200) not null,
    reading boolean not null,
    created_millis bigint not null,
    expires_millis bigint not null,
    used_millis bigint,
    constraint api_token_hash unique (hash)
);

create index api_token_owner on api_token (owner, id);
create index api_token_expires on api_token (expires_millis);
