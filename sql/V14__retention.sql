alter table pack alter column state set data type varchar(12);

-- Moved: rises whenever central has copied, trashed or written off a fragment of it. Registered: when central first
-- heard of it. Marked: when it was found, the first time in a row, that no snapshot needs it.
alter table pack add column moved bigint default 0 not null;
alter table pack add column registered_millis bigint default 0 not null;
alter table pack add column marked_millis bigint;

create index pack_moved on pack (source, moved);
create index pack_state on pack (state, marked_millis);

create sequence pack_move_seq start with 1 increment by 1;

-- KEPT; LOST: its host does not have it any more; TRASHING: to be put into its host's trash; TRASH: is there since.
alter table fragment add column state varchar(12) default 'KEPT' not null;
alter table fragment add column state_millis bigint default 0 not null;

create index fragment_state on fragment (state, state_millis);

-- Forgotten: by whom and when; it can be brought back for a while. Held: why it is never forgotten.
alter table snapshot add column forgotten_millis bigint;
alter table snapshot add column forgotten_by varchar(200);
alter table snapshot add column held varchar(500);

-- Left the realm for good, with nothing that anybody needs.
alter table host add column retired_millis bigint;

insert into turn (name, holder, until_millis) values ('retention', '', 0);
insert into turn (name, holder, until_millis) values ('repair', '', 0);
