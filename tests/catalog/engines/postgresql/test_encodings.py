import psycopg
import pytest

from onboard.catalog.snapshot import Selection
from onboard.catalog.structure import (
    TableName,
)
from tests.catalog.engines.postgresql.scans import only_table, scan
from tests.conftest import NewDatabase


def test_hostile_names_arrive_as_they_are(new_database: NewDatabase) -> None:
    names = ['se"lect', "per%cent %s {x}", "new\nline", "snö☃表", "select", "a.b", "back\\slash", "'; drop table x; --"]
    quoted = [name.replace('"', '""') for name in names]
    dsn = new_database(
        *(f'create schema "{name}"' for name in quoted),
        *(
            f'create table "{name}"."{name}" ("{name}" int constraint "p{name}" primary key,'
            f' "x{name}" int default 1 references "{name}"."{name}")'
            for name in quoted
        ),
        *(f'create index "x{name}" on "{name}"."{name}" ("x{name}")' for name in quoted),
    )
    catalog = scan(dsn, Selection(schemas=tuple(names))).catalog
    assert {table.name for table in catalog.tables} == {TableName(name, name) for name in names}
    for table in catalog.tables:
        name = table.name.name
        assert table.primary_key is not None
        assert (table.primary_key.name, table.primary_key.columns) == (f"p{name}", (name,))
        assert table.foreign_keys[0].references == table.name
        assert {index.name for index in table.indexes} == {f"p{name}", f"x{name}"}


@pytest.mark.parametrize("encoding", ["LATIN1", "EUC_JP"])
def test_reads_databases_of_other_encodings(new_database: NewDatabase, server_dsn: str, encoding: str) -> None:
    word = {"LATIN1": "café", "EUC_JP": "表"}[encoding]
    dsn = with_encoding(new_database, server_dsn, encoding)
    with psycopg.connect(dsn, autocommit=True, client_encoding="utf8") as connection:
        connection.execute(f'create table "{word}" ("{word}" int)'.encode())
    table = only_table(dsn)
    assert (table.name.name, table.columns[0].name) == (word, word)


def test_names_what_cannot_be_decoded_and_reads_the_rest(new_database: NewDatabase, server_dsn: str) -> None:
    dsn = with_encoding(new_database, server_dsn, "SQL_ASCII")
    with psycopg.connect(dsn, autocommit=True, client_encoding="SQL_ASCII") as connection:
        connection.execute(b'create table "caf\xe9" (id int)')
        connection.execute(b"create table plain (id int)")
        connection.execute(b"comment on table plain is 'caf\xe9'")
        connection.execute("create table snö (id int)".encode())
    catalog = scan(dsn).catalog
    assert [table.name.name for table in catalog.tables] == ["plain", "snö"]
    assert catalog.tables[0].comment == "caf\\xe9"
    assert [(one.name.name, "not valid" in one.reason) for one in catalog.left_out] == [("caf\\xe9", True)]


def with_encoding(new_database: NewDatabase, server_dsn: str, encoding: str) -> str:
    dsn = new_database()
    with psycopg.connect(dsn) as connection:
        name = connection.info.dbname
    with psycopg.connect(server_dsn, autocommit=True) as connection:
        connection.execute(f'drop database "{name}"'.encode())
        connection.execute(
            f"create database \"{name}\" template template0 encoding '{encoding}' lc_collate 'C' lc_ctype 'C'".encode()
        )
    return dsn
