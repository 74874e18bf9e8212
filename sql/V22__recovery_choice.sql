-- What a recovery is of, sealed because it names files: chosen paths, and the folder on the other machine. It goes when
-- the recovery can be begun no more.
create table recovery_choice (
    recovery bigint not null primary key references recovery (id),
    salt ${octets} not null,
    sealed ${big} not null,
    expires_millis bigint not null
);

create index recovery_choice_expires on recovery_choice (expires_millis);
