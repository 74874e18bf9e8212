-- Phones and appliances whose owners upload files: central acts as their backup application. The private key of their
-- certificate and their key ring are sealed under a secret of the realm's that is in central's home alone. File names
-- are never here.
create table device (
    system bigint not null primary key references system (number),
    salt ${octets} not null,
    secret ${octets} not null,
    deposited varchar(80),
    added_by varchar(200) not null,
    added_for varchar(320) not null
);
