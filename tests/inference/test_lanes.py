"""Questions side by side: as many as the session has connections, and none begun after one has failed."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from onboard.catalog.dsn import parse_dsn
from onboard.catalog.structure import TableName
from onboard.inference.lanes import run_in_lanes
from onboard.inference.rows import Asked, ColumnsOf, NotMeasured, open_rows
from onboard.inference.type_classes import TypeClass
from tests.conftest import NewDatabase

SLOW = ColumnsOf(TableName("public", "big"), (Asked("id", TypeClass.WHOLE),) * 9)
BIG = ColumnsOf(TableName("public", "big"), (Asked("id", TypeClass.WHOLE),))


def test_two_questions_are_asked_at_once(new_database: NewDatabase) -> None:
    together = threading.Barrier(2, timeout=20)
    with open_rows(parse_dsn(new_database("create table big as select 1 as id"))) as rows:

        def ask() -> None:
            together.wait()  # breaks where the other one is not asked meanwhile
            rows.profile(BIG, sampled_rows=None, timeout_s=10)

        run_in_lanes([ask, ask], rows)


def test_a_session_of_one_connection_asks_one_after_the_other(tmp_path: Path) -> None:
    asked: list[tuple[int, int]] = []
    (tmp_path / "empty.sqlite").touch()
    with open_rows(parse_dsn(f"sqlite:///{tmp_path / 'empty.sqlite'}")) as rows:
        run_in_lanes([lambda: asked.append((1, threading.get_ident())), lambda: asked.append((2, 0))], rows)
    assert [number for number, _ in asked] == [1, 2]
    assert asked[0][1] == threading.get_ident()


def test_an_interrupt_ends_what_runs_and_begins_nothing_else(new_database: NewDatabase) -> None:
    dsn = parse_dsn(new_database("create table big as select n as id from generate_series(1, 4000000) n"))
    begun: list[str] = []
    running = threading.Event()
    with open_rows(dsn) as rows:

        def long() -> None:
            begun.append("long")
            running.set()
            with pytest.raises(NotMeasured):
                rows.profile(SLOW, sampled_rows=None, timeout_s=60)

        def interrupt() -> None:
            running.wait(20)
            time.sleep(0.2)  # until the statement runs
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run_in_lanes([long, interrupt, *[lambda: begun.append("later")] * 5], rows)
    assert begun == ["long"]
