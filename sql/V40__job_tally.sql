-- How the backups of a day ended is counted in the index alone.
drop index job_ended;
create index job_ended on job (ended_millis, kind, state, exit_code);
