create table people (id integer primary key, name text not null);
create view "Z names" as select id, upper(name) as "up""per" from people;
create view a_view as select count(*) as "number of", max("up""per") from "Z names";
create materialized view kept as select id, name from people with no data;
create unique index kept_id on kept (id);
comment on view a_view is 'a view';
comment on materialized view kept is 'kept';
