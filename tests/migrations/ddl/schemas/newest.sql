-- since 18
create table newest (
    id integer primary key,
    price integer,
    double integer generated always as (price * 2),
    triple integer generated always as (price * 3) stored,
    constraint unenforced check (price > 0) not enforced
);
create table stays (
    room int4range not null, during daterange not null, newest integer,
    constraint stays_pkey primary key (room, during without overlaps),
    constraint soft foreign key (newest) references newest not enforced
);
