-- The machine whose agent takes the place of the lost one, and the job that tells it to.
alter table recovery add column agent bigint;
alter table recovery add column job bigint;
