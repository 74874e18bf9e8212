-- By which request the turn was taken, so that a repeated one is no other.
alter table lease add column attempt varchar(64);
