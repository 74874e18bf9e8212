-- What leave is asked for. Of what concerns no one machine there is no system; content names exactly what is to be done,
-- by its SHA-256, so that leave for one thing is not used for another; what is done once is used then.
alter table approval alter column system drop not null;
alter table approval add column kind varchar(12) default 'RECOVERY' not null;
alter table approval add column content varchar(64);
alter table approval add column used_millis bigint;

create index approval_content on approval (content);
