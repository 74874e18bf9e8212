-- Whether this is the slip of its dump, which comes last: a dump whose slip is on hosts is there whole.
alter table dump_piece add column slip smallint default 0 not null;

create index dump_piece_host on dump_piece (host);
