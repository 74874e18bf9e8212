-- The groups of the directory that the owner of a system is in, as the directory said last; position 0 wins. Whose they are: the address that was asked about.
create table owner_group (
    system bigint not null references system (number),
    position integer not null,
    label varchar(60) not null,
    owner_mail varchar(320) not null,
    primary key (system, position)
);

create index owner_group_label on owner_group (label);

insert into turn (name, holder, until_millis) values ('owner-groups', '', 0);
