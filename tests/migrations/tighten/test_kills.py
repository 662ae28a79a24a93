"""The backend is killed at a statement of its own choosing, forwards and backwards; every rerun finishes the work."""

from __future__ import annotations

import json
import random

import pytest

from tests.migrations.tighten.conftest import MakeWorn
from tests.migrations.tighten.worn import done, rows, structure
from tests.verify.legacy_project import LegacyProject

# Migrates there and back in one process. At each point the backend is killed before a statement, or while it runs.
KILLING = """
import json, os, sys, threading, time
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
import psycopg
from django.core.management import call_command
from django.db import Error, connection, connections

legacy = connections["default"]
other = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
seen, at, delay = 0, 0, 0.0

def kill(pid):
    other.execute("select pg_terminate_backend(%s, 1000)", [pid])

def killing(execute, sql, params, many, context):
    global seen
    seen += 1
    if seen == at:
        pid = legacy.connection.info.backend_pid
        if delay:
            timer = threading.Timer(delay, kill, [pid])
            timer.start()
            try:
                return execute(sql, params, many, context)
            finally:
                timer.join()
        kill(pid)
    return execute(sql, params, many, context)

legacy.execute_wrappers.append(killing)

def migrate(target):
    global seen
    seen = 0
    call_command("migrate", "legacy", *target, verbosity=0)
    return seen

ways = ([], ["0001"])
steps = [0, 0]
at = -1
for way, target in enumerate(ways):
    steps[way] = migrate(target)
killed = 0
for number, (share, delay) in enumerate(json.loads(sys.argv[1])):
    way = number % 2
    at = 1 + int(share * steps[way])
    try:
        migrate(ways[way])
    except Exception as error:
        killed += 1
    legacy.close()  # also where the kill came after the last statement
    at = -1
    migrate(ways[way])
    if way == 0:
        state = other.execute(
            "select conname || convalidated from pg_constraint where connamespace = 'public'::regnamespace"
            " and contype <> 'n' union all select indexrelid::regclass || ' ' || indisvalid from pg_index"
            " where indrelid in ('customer'::regclass, 'item'::regclass, 'purchase'::regclass)"
            " union all select attname || attnotnull from pg_attribute where attrelid = 'customer'::regclass"
            " order by 1"
        ).fetchall()
        first = state if number == 0 else first
        assert state == first, (number, at, set(state) ^ set(first))
print(json.dumps([killed, *steps]))
"""


def _kills(project: LegacyProject, count: int, seed: int) -> tuple[int, int, int]:
    chosen = random.Random(seed)
    points = [(chosen.random(), chosen.choice([0.0, 0.0, 0.002, 0.01, 0.05])) for _ in range(count)]
    project.write("kills.py", KILLING)
    out = done(project.run, "-W", "ignore", "kills.py", json.dumps(points))
    killed, forwards, backwards = json.loads(out.strip().rpartition("\n")[2])
    return killed, forwards, backwards


def _prove(project: LegacyProject, count: int, *, runs: int = 1) -> tuple[int, int, int]:
    content = rows(project.dsn)
    done(project.onboard, "promote", "--all", "--tighten", "--orphans", "null", "--not-null", "purchase.priority")
    done(project.manage, "migrate", "legacy", "0001")
    found = [_kills(project, count, seed) for seed in range(runs)]
    done(project.manage, "migrate", "legacy", "0001")
    assert rows(project.dsn) == content
    assert structure(project.dsn).table(structure(project.dsn).tables[0].name).primary_key is None
    return sum(killed for killed, *_ in found), *found[0][1:]


def test_every_rerun_after_a_kill_finishes(make_worn: MakeWorn) -> None:
    killed, forwards, backwards = _prove(make_worn(orphans=True), 8)
    assert killed >= 4
    assert forwards > 60
    assert backwards > 40


@pytest.mark.soak
def test_every_rerun_after_two_hundred_kills_finishes(make_worn: MakeWorn) -> None:
    killed, *steps = _prove(make_worn(orphans=True), 20, runs=13)
    print(f"\n{killed} kills among {steps} statements there and back, and every rerun finished")
    assert killed >= 200
