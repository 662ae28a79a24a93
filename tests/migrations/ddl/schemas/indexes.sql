-- since 15
create table indexed (id integer primary key, a text, b integer, c text collate "C", d jsonb, e tsrange);
create index plain on indexed (a);
create unique index "partly ""unique""" on indexed (lower(a), b desc) include (c) where b > 0 and a <> 'x ON ONLY y';
create index pattern on indexed (a text_pattern_ops, c collate "POSIX" nulls first);
create index hashed on indexed using hash (b);
create index inside on indexed using gin (d jsonb_path_ops);
create index during on indexed using gist (e);
create index far on indexed using brin (b);
create unique index one_null on indexed (b) nulls not distinct;
comment on index plain is 'plain';
comment on constraint indexed_pkey on indexed is 'the key';
