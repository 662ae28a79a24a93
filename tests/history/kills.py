"""Kills a rewriting at a step of its own and looks at what is left: a project whose settings count and then kill.

Steps are statements sent to the database and changes to files (writes, renames, removals), in the order in which they
happen. The process ends by SIGKILL: nothing of it runs any more.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.history.projects import DUMP, Project

_APPLIED = re.compile(r"\(\d+, '(\w+)', '(\w+)'")

# Placed at the end of the settings of a project.
COUNTING = """
import os, signal, sys
_at, _seen = int(os.environ.get("KILL_AT", "0")), [0]
def _step(*_):
    _seen[0] += 1
    if os.environ.get("COUNT_INTO"):
        with open(os.environ["COUNT_INTO"], "w") as file:
            file.write(str(_seen[0]))
    elif _seen[0] == _at:
        os.kill(os.getpid(), signal.SIGKILL)
def _statement(execute, sql, params, many, context):
    _step()
    return execute(sql, params, many, context)
def _opened(connection, **_):
    connection.execute_wrappers.append(_statement)
def _audit(event, arguments):
    if event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link"):
        if ".onboard" in str(arguments[0]) or "migrations" in str(arguments[0]):
            _step()
    elif event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        if ".onboard" in str(arguments[0]) or "migrations" in str(arguments[0]):
            _step()
if _at or os.environ.get("COUNT_INTO"):
    from django.db.backends.signals import connection_created
    connection_created.connect(_opened, weak=False)
    sys.addaudithook(_audit)
"""


@dataclass(frozen=True)
class State:
    """What a rewriting changes, and what it must not change."""

    files: dict[str, str]
    record: tuple[tuple[str, str], ...]
    rows: dict[str, list[str]]

    def is_like(self, other: State) -> bool:
        return (self.files, self.record, self.rows) == (other.files, other.record, other.rows)


def state_of(project: Project) -> State:
    files = {path: text for path, text in project.files().items() if "/migrations/" in path}
    found = json.loads(project.python(DUMP.format(skip={"onboard_history"})))
    rows = found.pop("django_migrations")
    return State(files, tuple(sorted(_APPLIED.findall(" ".join(rows)))), found)


def count_steps(project: Project, *arguments: str) -> int:
    """Run the command to its end and return how many steps it took."""
    counter = project.root / "steps.txt"
    answer = project.run("onboard", *arguments, COUNT_INTO=str(counter))
    assert answer["code"] == 0, answer["err"]
    return int(counter.read_text())


def killed(project: Project, at: int, *arguments: str) -> bool:
    """Run the command and kill it at a step; False where it ended before."""
    answer = project.run("onboard", *arguments, KILL_AT=str(at))
    return bool(answer["code"] == -9)


def points(steps: int, count: int, seed: int) -> Iterator[int]:
    """Give steps at random, none twice until all have been."""
    chosen = random.Random(seed)
    left: list[int] = []
    for _ in range(count):
        left = left or chosen.sample(range(1, steps + 1), steps)
        yield left.pop()
