"""Scans of test databases; every one is also written to JSON and read again."""

import psycopg

from onboard.catalog.canonical import from_json, to_json
from onboard.catalog.dsn import parse_dsn
from onboard.catalog.lookup import by_name
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection, Snapshot
from onboard.catalog.structure import (
    Catalog,
    Table,
    TableName,
)


def scan(dsn: str, selection: Selection | None = None) -> Snapshot:
    snapshot = read_snapshot(parse_dsn(dsn), selection or Selection())
    assert from_json(to_json(snapshot.catalog)) == snapshot.catalog
    return snapshot


def only_table(dsn: str) -> Table:
    (table,) = scan(dsn).catalog.tables
    return table


def public(catalog: Catalog, name: str) -> Table:
    return by_name(catalog)[TableName("public", name)]


def version(dsn: str) -> int:
    with psycopg.connect(dsn) as connection:
        return connection.info.server_version
