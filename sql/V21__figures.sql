-- Unsure: repair has to look whether there are too few or too many good copies; 0 when it looked and there were not.
-- Otherwise a number that no other change of copies has, so that a look clears only what it has seen.
alter table pack add column unsure bigint default 9223372036854775807 not null;

create index pack_unsure on pack (unsure);

-- Whether the copies of this host counted when repair looked last; 0: not.
alter table host add column counted smallint default 1 not null;

-- Pieces of central's own dumps on hosts: each a fragment of system 1. Trashed: when it was put into its host's trash.
create sequence dump_piece_seq start with 50 increment by 50;

create table dump_piece (
    id bigint not null primary key,
    dump varchar(40) not null,
    fragment varchar(64) not null,
    host bigint not null references host (number),
    length bigint not null,
    trashed_millis bigint
);

create index dump_piece_dump on dump_piece (dump);
