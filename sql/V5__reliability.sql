-- What connectivity monitors saw of a system (0 is central), counted by the hour; 168 hours are kept.
create table looks (
    system bigint not null,
    epoch_hour bigint not null,
    reached bigint not null,
    total bigint not null,
    primary key (system, epoch_hour)
);
