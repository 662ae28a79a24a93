"""Proposals depend on what a catalogue says, not on the order in which it says it, nor on the seed of hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from onboard.catalog.canonical import from_json
from onboard.catalog.structure import Catalog
from onboard.inference.answers import Answers
from onboard.inference.propose import propose
from tests.inference.test_edge_terms import CATALOGS

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


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: file.parts[-4])
def test_the_order_of_tables_changes_nothing(file: Path) -> None:
    catalog = undeclared(file)
    tables = catalog.tables
    middle = len(tables) // 2
    for order in (tables[::-1], tables[middle:] + tables[:middle]):
        assert digest(replace(catalog, tables=order)) == digest(catalog)


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
