from __future__ import annotations

import pytest

from onboard.catalog.ddl import Ddl, DdlStatement, ddl_from_json, ddl_to_json, kept, without
from onboard.catalog.structure import TableName
from onboard.errors import BadInput

A, B = TableName("public", "a"), TableName("public", 'b"\n')


def _ddl(*statements: tuple[str, TableName | None]) -> Ddl:
    return Ddl("postgresql", "pg_dump 15", tuple(DdlStatement(sql, table=table) for sql, table in statements))


OLD = _ddl(("create table a (x)", A), ("create table b (x)", B), ("index a", A), ("index b", B))
NEW = _ddl(
    ("create type t", None),
    ("create table a (x, y)", A),
    ("create table b (x, y)", B),
    ("index a", A),
    ("index a2", A),
    ("index b2", B),
)


def test_survives_its_json() -> None:
    assert ddl_from_json(ddl_to_json(OLD), where="x") == OLD
    with pytest.raises(BadInput):
        ddl_from_json("{}", where="x")


def test_leaves_tables_out() -> None:
    assert without(OLD, [B]) == _ddl(("create table a (x)", A), ("index a", A))


def test_keeps_the_statements_of_some_tables_in_their_places() -> None:
    assert [one.sql for one in kept(OLD, NEW, [A]).statements] == [
        "create type t",
        "create table a (x)",
        "create table b (x, y)",
        "index a",
        "index b2",
    ]
