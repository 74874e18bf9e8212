create sequence escrow_seq start with 50 increment by 50;

-- Deposits are only ever added: a stolen source cannot put rubbish in place of a good key ring.
create table escrow (
    id bigint not null primary key,
    source bigint not null references system (number),
    generation integer not null,
    hash varchar(64) not null,
    key_ring ${big} not null,
    browse ${big},
    deposited_millis bigint not null,
    constraint escrow_deposit unique (source, generation, hash)
);
