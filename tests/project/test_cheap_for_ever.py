"""What 400 promoted tables cost whenever tests run: at most 1.3 times what the baseline alone costs."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.legacy_dbs import manage, onboard

TABLES = 400
PROBE = "from django.test import TestCase\n\n\nclass One(TestCase):\n    def test_nothing(self):\n        pass\n"
ROUNDS = 3
WORST_RATIO = 1.3


def _cpu_s(work: Path, dsn: Callable[[], str], *arguments: str) -> float:
    """CPU seconds in user mode, the best of a few runs: the machine may be busy with other work."""
    found = []
    for _ in range(ROUNDS):
        environment = {**os.environ, "DATABASE_URL": dsn()}
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=work, env=environment, check=True, capture_output=True
        )
        found.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    return min(found)


def _statements() -> list[str]:
    found = []
    for number in range(TABLES):
        parents = [f"parent_{other} integer references t{other}" for other in {number // 2, number // 3} - {number}]
        columns = ["id integer primary key", "name varchar(80) not null", "amount numeric(10, 2)", *parents]
        found.append(f"create table t{number} ({', '.join(columns)})")
    return found


@pytest.mark.soak
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_promoted_tables_cost_next_to_nothing(engine: str, tmp_path: Path, new_database: NewDatabase) -> None:
    work = tmp_path / "work"
    work.mkdir()
    numbers = iter(range(99))

    def empty() -> str:
        return new_database() if engine == "postgresql" else f"sqlite:///{tmp_path / f'{next(numbers)}.db'}"

    if engine == "postgresql":
        legacy = new_database(*_statements())
    else:
        legacy = f"sqlite:///{tmp_path / 'legacy.db'}"
        with closing(sqlite3.connect(tmp_path / "legacy.db")) as file, file:
            for statement in _statements():
                file.execute(statement)
    commands: dict[str, tuple[Callable[[], str], tuple[str, ...]]] = {
        "test": (lambda: legacy, ("test", "--noinput")),
        "migrate": (empty, ("migrate",)),
        "makemigrations": (lambda: legacy, ("makemigrations", "--check", "--dry-run")),
    }
    onboard(work, "scan", legacy, "--no-infer")
    onboard(work, "generate", "--app", "legacy")
    (work / "legacy/tests.py").write_text(PROBE)
    manage(work, "migrate", "--database", "django", dsn=legacy)
    alone = {name: _cpu_s(work, dsn, *arguments) for name, (dsn, arguments) in commands.items()}
    onboard(work, "promote", "--all", dsn=legacy)
    promoted = {name: _cpu_s(work, dsn, *arguments) for name, (dsn, arguments) in commands.items()}
    figures = {name: (round(alone[name], 2), round(promoted[name], 2)) for name in alone}
    print(f"CPU seconds, baseline alone and promoted: {figures}")
    assert all(promoted[name] <= WORST_RATIO * alone[name] for name in alone), figures
