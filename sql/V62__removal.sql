-- Central also takes programs off machines: what was removed and what was left, line by line, and what a host kept still.
alter table installation add column kind varchar(12) default 'INSTALL' not null;
alter table installation add column purge boolean default false not null;
alter table installation_machine add column report varchar(8000);
alter table installation_machine add column kept_fragments bigint;
