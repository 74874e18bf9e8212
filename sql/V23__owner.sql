-- Mail address of the person who is responsible for a machine; nothing: the administrators are told instead.
alter table system add column owner_mail varchar(320);

-- Who gets a mail; nothing: the administrators.
alter table outbox add column recipient varchar(320);
