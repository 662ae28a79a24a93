"""Proposals depend on what a catalogue says, not on the order in which it says it, nor on the seed of hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from itertools import islice, permutations
from pathlib import Path

import pytest

from onboard.catalog.canonical import from_json
from onboard.catalog.structure import Catalog, Table
from onboard.inference.answers import Answers
from onboard.inference.propose import propose
from tests.catalogs import catalog, column, foreign_key, table
from tests.inference.test_edge_terms import CATALOGS
from tests.inference.test_key_index import keyed

_PRINT = """
import sys
from pathlib import Path
from tests.inference.test_order import digest, undeclared
print(digest(undeclared(Path(sys.argv[1]))))
"""


def undeclared(file: Path) -> Catalog:
    """Return a catalogue of the fixtures without its keys."""
    catalog = from_json(file.read_text(encoding="utf-8"))
    return replace(
        catalog,
        tables=tuple(
            replace(table, foreign_keys=(), primary_key=None, uniques=(), indexes=()) for table in catalog.tables
        ),
    )


def digest(catalog: Catalog) -> str:
    """Return a digest of everything that is proposed."""
    found = propose(catalog, answers=Answers(), rows=None, budget_s=None, progress=lambda _: None)
    return sha256(repr(found).encode()).hexdigest()


def ties() -> Catalog:
    """Return a catalogue of which several tables answer equally well to one question."""
    made: list[Table] = []
    pair = (column("plan_firm"), column("plan_line"))
    for schema in ("north", "south"):
        made += [keyed(f"{schema}.{name}") for name in ("items", "users", "clerks")]
        made.append(table(f"{schema}.plans", *pair, primary_key="plan_firm,plan_line"))
        for word, hub in (("type", "sorts"), ("kind", "ranks")):
            keys = (foreign_key(f"{word}_id", f"{schema}.{hub}(id)"),)
            made.append(keyed(f"{schema}.{hub}"))
            columns = (column("id"), column(f"{word}_id"))
            made += [
                table(f"{schema}.{name}", *columns, primary_key="id", foreign_keys=keys)
                for name in (f"{word}_alphas", f"{word}_betas", f"{word}_gammas")
            ]
    indexed = (*(f"thing{letter}_id" for letter in "abcdefghijklmnop"), "sense_id")
    made += [keyed(f"west.{name.removesuffix('_id')}s") for name in indexed[:-1]]
    made.append(table("west.lines", column("id"), *map(column, indexed), primary_key="id", indexes=indexed))
    named = (*map(column, ("id", "item_id", "seen_by", "type_id", "kind_id")), *pair)
    made.append(
        table("west.bills", *named, primary_key="id", indexes=("item_id", "seen_by", "type_id", "plan_firm,plan_line"))
    )
    return catalog(*made)


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: file.parts[-4])
def test_the_order_of_tables_changes_nothing(file: Path) -> None:
    catalog = undeclared(file)
    tables = catalog.tables
    middle = len(tables) // 2
    for order in (tables[::-1], tables[middle:] + tables[:middle]):
        assert digest(replace(catalog, tables=order)) == digest(catalog)


def test_the_order_of_tables_that_answer_equally_well_changes_nothing() -> None:
    first = ties()
    for order in islice(permutations(first.tables[:4]), 1, None):
        assert digest(replace(first, tables=(*order, *first.tables[4:]))) == digest(first)
    for start in range(1, len(first.tables), 3):
        turned = first.tables[start:] + first.tables[:start]
        assert digest(replace(first, tables=turned)) == digest(first)
        assert digest(replace(first, tables=turned[::-1])) == digest(first)


def test_the_seed_of_hashes_changes_nothing() -> None:
    file = max(CATALOGS, key=lambda file: file.stat().st_size)
    found = {
        subprocess.run(
            [sys.executable, "-c", _PRINT, str(file)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1
