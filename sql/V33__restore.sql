-- Restores that machines told of, so that one that is told twice stands in the log once. Source and the machine's own id of it.
create table restore_note (
    id varchar(80) not null primary key
);
