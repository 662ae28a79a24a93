import itertools
import threading

import psycopg
import pytest

from onboard.catalog.canonical import to_json
from onboard.catalog.dsn import parse_dsn
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from tests.catalog.engines.postgresql.scans import public, scan
from tests.conftest import NewDatabase

SHOP = (
    "create type size as enum ('s', 'm')",
    "create table a (id serial primary key, s size)",
    "create table b (id int primary key, a_id int references a)",
    "create index one on b (a_id)",
    "create unique index two on b (a_id) where a_id > 0",
    "create sequence lonely",
    "create view v as select * from a",
)


def test_the_same_database_gives_the_same_bytes(new_database: NewDatabase) -> None:
    first = new_database(*SHOP)
    other = new_database(
        "create table noise (id serial primary key)",
        "drop table noise",
        SHOP[0],
        "create table b (id int primary key, a_id int)",
        "create unique index two on b (a_id) where a_id > 0",
        "create table a (id serial primary key, s size)",
        "alter table b add constraint b_a_id_fkey foreign key (a_id) references a (id)",
        "create view v as select * from a",
        "create index one on b (a_id)",
        "insert into a (s) values ('s')",
        "analyze",
    )
    everything = Selection(views=True)
    assert to_json(scan(first, everything).catalog) == to_json(scan(other, everything).catalog)


def test_sends_the_same_ten_statements_whatever_the_number_of_tables(
    new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    original = psycopg.Cursor.execute

    def counting(self: object, query: bytes, *arguments: object, **options: object) -> object:
        asked.append(query)
        return original(self, query, *arguments, **options)  # type: ignore[call-overload]  # passed on as it came

    few = new_database("create table a (id int primary key)")
    many = new_database(*(f"create table t{i} (id serial primary key, x int references t{i})" for i in range(40)))
    monkeypatch.setattr(psycopg.Cursor, "execute", counting)
    counts = []
    for dsn in (few, many):
        asked.clear()
        read_snapshot(parse_dsn(dsn), Selection(views=True, partitions=True))
        counts.append(len([query for query in asked if query.strip().startswith((b"select", b"with"))]))
    assert counts == [10, 10]


def test_a_storm_of_changes_never_breaks_a_scan(new_database: NewDatabase) -> None:
    dsn = new_database("create table calm (id serial primary key)")
    is_over = threading.Event()

    def storm() -> None:
        with psycopg.connect(dsn, autocommit=True) as connection:
            for i in itertools.count():
                if is_over.is_set():
                    return
                connection.execute(f"create type e{i} as enum ('a')".encode())
                connection.execute(
                    f"create table t{i} (id serial primary key, a e{i} default 'a', b int check (b > 0),"
                    f" c int references t{i})".encode()
                )
                is_over.wait(0.02)
                connection.execute(f"create index on t{i} ((b + c)) where a > 'a'".encode())
                connection.execute(f"create view v{i} as select * from t{i}".encode())
                is_over.wait(0.02)
                connection.execute(f"drop table t{i} cascade".encode())
                connection.execute(f"drop type e{i}".encode())

    thread = threading.Thread(target=storm)
    thread.start()
    try:
        for _ in range(25):
            catalog = scan(dsn, Selection(views=True)).catalog
            assert public(catalog, "calm").primary_key is not None
    finally:
        is_over.set()
        thread.join()
