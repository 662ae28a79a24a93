-- since 14
create table counters (id integer primary key, value integer not null);
create function is_short(text) returns boolean language sql immutable as $$ select length($1) < 10 $$;
create function is_short(text, integer) returns boolean language sql immutable as $$ select length($1) < $2 $$;
create function next_value() returns integer language plpgsql as $f$
begin
    -- 'quoted' "names" \ and $$
    return (select max(value) + 1 from counters);
end $f$;
create function counter_is_fine(c counters) returns boolean language sql immutable as $$ select c.value > 0 $$;
create function highest() returns integer language sql begin atomic select max(value) from counters; end;
create function above_highest() returns integer language sql return highest() + 1;
create domain short_text as text check (is_short(value));
create table calls (
    id integer primary key default next_value(),
    top integer default above_highest(),
    name short_text,
    title text check (is_short(title, 5)),
    loud text generated always as (upper(name)) stored
);
alter table counters add constraint fine check (counter_is_fine(counters.*));
create index on calls (is_short(title), lower(name) desc nulls last);
