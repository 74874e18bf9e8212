-- Of two timers that asked for their turn since they exist, and never had it.
insert into turn (name, holder, until_millis) values ('upgrades', '', 0);
insert into turn (name, holder, until_millis) values ('log-anchor', '', 0);
