-- Given up: since when a forgotten snapshot cannot be brought back any more, because its source may have been told so.
alter table snapshot add column given_up_millis bigint;
