-- Room that owners want back is given back beside the rounds of repair.
insert into turn (name, holder, until_millis) values ('reclaim', '', 0);
