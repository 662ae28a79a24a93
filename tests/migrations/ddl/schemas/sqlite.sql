create table parents (id integer primary key autoincrement, "a""b" text collate nocase default 'it''s', unique ("a""b"));
create table children (
    id integer, /* a comment */
    up integer references parents on delete cascade,
    [odd name] blob check ([odd name] <> 'x'),
    total int generated always as (up * 2) stored,
    primary key (id, up)
) without rowid;
create index "in dex" on children (up desc, lower([odd name])) where up > 0;
create view names as select "a""b" as name from parents;
create view more_names as select * from names;
