-- since 15
create table parents (a integer not null, b text not null, "on" date, primary key (a, b) include ("on"));
create table children (
    id bigserial primary key,
    a integer, b text,
    up bigint references children on delete set null deferrable initially deferred,
    code char(3) unique,
    other varchar(7) not null,
    constraint both_columns foreign key (a, b) references parents match full on update cascade on delete restrict,
    constraint "late ""unique""" unique (a, other) deferrable initially deferred,
    constraint no_twins unique nulls not distinct (b, other)
);
create table rings (id integer primary key, next_ring integer);
create table rings_back (id integer primary key references rings (id), ring integer not null);
alter table rings add constraint ring_fk foreign key (next_ring) references rings_back (id) on delete set default;
alter table rings_back add constraint never_checked foreign key (ring) references rings (id) not valid;
alter table rings add constraint later check (next_ring > 0) not valid;
alter table rings add constraint now check (next_ring <> id) no inherit;
create table bookings (room int4range, during daterange, exclude using gist (room with =, during with &&)
    where (not isempty(during)) deferrable);
comment on constraint both_columns on children is 'to its parent';
comment on constraint later on rings is 'why: it''s old, 50% of c:\temp';
create table twice (id integer primary key, code text not null unique);
alter table twice add constraint twice_again unique (id), add constraint code_again unique (code) deferrable;
comment on constraint twice_again on twice is 'one `create table` would take it for the key';
