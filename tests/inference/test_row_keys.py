"""Keys of large tables, as counts of every row decide them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from onboard.catalog.dsn import parse_dsn
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.inference.answers import Answers
from onboard.inference.depth import Depth
from onboard.inference.from_rows import add_row_evidence
from onboard.inference.inferred import Inferred, infer_from_names
from onboard.inference.rows import open_rows


def inferred(path: Path, numbers: list[int]) -> Inferred:
    """What is inferred of shops with these numbers, of which a sample sees few, and of the bills of the first 1,500."""
    connection = sqlite3.connect(path)
    connection.execute("create table shops (id integer not null, label text)")
    connection.execute("create table bills (no integer not null, shop_id integer)")
    connection.executemany("insert into shops values (?, ?)", [(number, f"shop {number}") for number in numbers])
    connection.executemany("insert into bills values (?, ?)", [(number, number % 1500 + 1) for number in range(3000)])
    connection.commit()
    connection.close()
    dsn = parse_dsn(f"sqlite:///{path}")
    found = infer_from_names(read_snapshot(dsn, Selection()).catalog, Answers())
    with open_rows(dsn) as rows:
        add_row_evidence(found, rows, None, lambda _: None, Depth(whole_rows=100, sampled_rows=200))
    return found


def references(found: Inferred) -> list[tuple[str, str]]:
    return [
        (choice.child.name, edge.parent.table.name.name)
        for choice in found.choices
        for edge, share in choice.ranked()[:1]
        if share > 0.5
    ]


def test_nothing_refers_to_a_key_that_the_count_of_all_rows_refutes(tmp_path: Path) -> None:
    found = inferred(tmp_path / "refuted.sqlite", [*range(1, 1999), 1500, 1700])
    assert [choice.table.name.name for choice in found.keys if choice.ranked] == ["bills"]
    assert references(found) == []


def test_a_key_that_the_count_of_all_rows_upholds_is_referred_to(tmp_path: Path) -> None:
    found = inferred(tmp_path / "upheld.sqlite", [*range(1, 2001)])
    assert [choice.table.name.name for choice in found.keys if choice.ranked] == ["bills", "shops"]
    assert references(found) == [("shop_id", "shops")]
