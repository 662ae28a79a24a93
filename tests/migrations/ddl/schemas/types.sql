-- since 14
create type mood as enum ('sad', 'it''s ok', 'back\slash', '', 'ünï"code"');
create domain positive as integer default 1 constraint "above zero" check (value > 0) not null;
create domain small_positive as positive check (value < 100);
create domain word as varchar(20) collate "C" check (value ~ '^\w+$');
alter domain word add constraint not_checked check (length(value) > 1) not valid;
create type place as (x integer, "y""y" mood, at positive);
create type journey as (stops place[], name word);
create type span as range (subtype = float8, subtype_diff = float8mi);
create table uses_types (
    id small_positive primary key, m mood default 'it''s ok' not null, moods mood[], j journey, s span, sm span_multirange,
    p positive, w word
);
comment on type mood is 'how it is';
comment on domain word is 'one word';
comment on constraint "above zero" on domain positive is 'really';
