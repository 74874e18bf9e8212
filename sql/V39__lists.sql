-- H2 reads an index forwards only, so that what is listed newest first needs an index that begins with the newest;
-- where a list is narrowed to one value, it is ordered by that column first.
create index log_newest on log (sequence desc);
drop index log_actor;
create index log_actor on log (actor, sequence desc);
drop index log_subject;
create index log_subject on log (subject, sequence desc);
create index log_written on log (written_millis);

create index job_newest on job (id desc);
create index job_state_newest on job (state, id desc);

create index alert_newest on alert (id desc);
drop index alert_resolved;
create index alert_resolved on alert (resolved_millis, id desc);

create index approval_newest on approval (id desc);
create index recovery_newest on recovery (id desc);
create index master_file_change_newest on master_file_change (version desc);

create index system_backed_up on system (backed_up_millis desc, number);

-- Packs in doubt are few; a look at them does not go through all that live.
create index pack_doubt on pack (state, unsure);
