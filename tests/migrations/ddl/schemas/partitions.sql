create table logged (id bigint not null, day date not null, kind text, primary key (id, day, kind)) partition by range (day);
create table logged_2020 partition of logged for values from ('2020-01-01') to ('2021-01-01');
create table logged_2021 partition of logged for values from ('2021-01-01') to ('2022-01-01') partition by list (kind);
create table logged_2021_x partition of logged_2021 for values in ('x', 'it''s');
create table logged_2021_rest partition of logged_2021 default;
create index on logged (kind);
create index on only logged_2020 (kind, day);
create table hashed (id integer primary key, log bigint, day date, kind text, foreign key (log, day, kind) references logged)
    partition by hash (id);
create table hashed_0 partition of hashed for values with (modulus 2, remainder 0);
create table hashed_1 partition of hashed for values with (modulus 2, remainder 1);
create table mothers (id integer not null, name text, constraint named check (name <> ''));
create table fathers (born date);
create table heirs (own integer, extra text) inherits (mothers, fathers);
alter table mothers add column later boolean default true;
