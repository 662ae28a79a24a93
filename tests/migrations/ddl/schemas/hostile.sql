create schema "we""ird; drop table x; --";
create schema "select";
create type "select"."Enum.with.dots" as enum ('$$', '''; drop schema public cascade; --', E'new\nline');
create table "select"."order" (
    "group" integer generated always as identity primary key,
    "50% of {name}" text, "a""b" "select"."Enum.with.dots", "back\slash" integer, "naïve ☃" integer, " " integer,
    "it's" integer constraint "it's a check" check ("it's" > 0)
);
create table "we""ird; drop table x; --"."""" ("""" integer primary key,
    "ref.dot" integer constraint "a.b ""c""" references "select"."order" ("group"));
create index "in dex" on "select"."order" ("a""b", ("50% of {name}" || 'x'));
comment on table "select"."order" is E'$$ ''; drop table "x"; -- \\ \n\t end';
comment on column "select"."order"."a""b" is '%s %(name)s {0}';
