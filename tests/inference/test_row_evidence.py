from __future__ import annotations

import sqlite3
from pathlib import Path

from onboard.catalog.dsn import parse_dsn
from onboard.catalog.structure import TableName
from onboard.inference.rows import Asked, ColumnsOf, open_rows
from onboard.inference.type_classes import TypeClass


def test_says_of_a_sample_that_it_is_one(tmp_path: Path) -> None:
    path = tmp_path / "lines.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("create table line (order_no integer, part integer)")
        connection.executemany("insert into line values (?, ?)", [(number // 2, 1) for number in range(100)])
    connection.close()
    key = ColumnsOf(TableName("main", "line"), (Asked("order_no", TypeClass.WHOLE), Asked("part", TypeClass.WHOLE)))

    with open_rows(parse_dsn(f"sqlite:///{path}")) as rows:
        sample = rows.uniqueness(key, sampled_rows=10, timeout_s=5)
        whole = rows.uniqueness(key, timeout_s=5)

    assert (sample.rows, sample.duplicates, sample.is_exact) == (10, 5, False)
    assert (whole.rows, whole.duplicates, whole.is_exact) == (100, 50, True)
