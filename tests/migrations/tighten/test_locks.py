"""What `migrate` locks while it tightens a large table that others write, sampled from pg_locks."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import psycopg
import pytest

from tests.migrations.tighten.worn import done
from tests.verify.legacy_project import LegacyProject

_EVERY_S = 0.005
_HELD = (
    "select pid, relation::regclass::text from pg_locks"
    " where locktype = 'relation' and granted and mode = 'AccessExclusiveLock'"
    " and relation in ('customer'::regclass, 'item'::regclass, 'purchase'::regclass)"
)


class _Sampler:
    """Looks at the locks every few milliseconds and measures how long each ACCESS EXCLUSIVE is held."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._sample), threading.Thread(target=self._write)]
        self.longest_s = 0.0
        self.samples = 0
        self.slowest_write_s = 0.0

    def __enter__(self) -> _Sampler:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _sample(self) -> None:
        since: dict[tuple[int, str], float] = {}
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            while not self._stop.is_set():
                held = set(connection.execute(_HELD).fetchall())
                now = time.monotonic()
                since = {lock: since.get(lock, now) for lock in held}
                self.longest_s = max([self.longest_s, *(now - start for start in since.values())])
                self.samples += 1
                time.sleep(_EVERY_S)

    def _write(self) -> None:
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            while not self._stop.is_set():
                start = time.monotonic()
                connection.execute("update purchase set note = note where id = 7")
                connection.execute("update customer set name = name where id = 3")
                self.slowest_write_s = max(self.slowest_write_s, time.monotonic() - start)
                time.sleep(0.002)


def _tightened(project: LegacyProject) -> _Sampler:
    done(project.onboard, "promote", "--all", "--tighten", "--not-null", "purchase.priority")
    environment = {**os.environ, "DATABASE_URL": project.dsn}
    with _Sampler(project.dsn) as sampler:
        command = [sys.executable, "manage.py", "migrate", "legacy"]
        subprocess.run(command, cwd=project.root, env=environment, check=True, capture_output=True, timeout=3600)
    return sampler


def _large(project: LegacyProject, rows: int) -> None:
    project.query(
        "insert into purchase select n, 1 + n % 50, 1 + n % 40, 'Note ' || n, n % 3"
        f" from generate_series(3001, {rows}) n"
    )
    project.query(f"insert into customer select n, 'Customer ' || n from generate_series(51, {rows}) n")


def test_keeps_readers_and_writers_out_for_less_than_a_tenth_of_a_second(worn: LegacyProject) -> None:
    _large(worn, 200_000)
    sampler = _tightened(worn)
    assert sampler.samples > 20
    assert sampler.longest_s < 0.1


@pytest.mark.soak
def test_keeps_readers_and_writers_out_for_less_than_a_tenth_of_a_second_of_ten_million_rows(
    worn: LegacyProject,
) -> None:
    _large(worn, 10_000_000)
    sampler = _tightened(worn)
    print(f"\nlongest ACCESS EXCLUSIVE {sampler.longest_s:.3f} s, slowest write {sampler.slowest_write_s:.3f} s")
    assert sampler.samples > 200
    assert sampler.longest_s < 0.1
