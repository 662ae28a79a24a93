"""What it costs to infer the keys of thousands of tables by names alone, in time and memory."""

from __future__ import annotations

import resource
import time
from itertools import product

import pytest

from onboard.catalog.structure import Catalog
from onboard.inference.answers import Answers
from onboard.inference.propose import propose
from tests.catalogs import catalog, column
from tests.catalogs import table as _table

pytestmark = pytest.mark.soak

_SUBJECTS = ("order", "invoice", "customer", "vendor", "item", "ledger", "budget", "contract", "asset", "employee")
_PARTS = ("header", "line", "status", "type", "address", "note", "tax", "price", "period", "document")
_AREAS = ("sales", "stock", "pay", "plan", "fleet", "lab", "care", "bank", "farm", "port")
_REGIONS = ("north", "south", "east", "west", "central")
_SECONDS = 14.0  # twice what it takes on a busy machine: what this is to catch is growth with the square
_MEGABYTES = 400


def _schema(tables: int) -> Catalog:
    """Tables of areas: each has a key, refers to its neighbours, and has columns that all have."""
    names = ["_".join(words) for words in product(_REGIONS, _AREAS, _SUBJECTS, _PARTS)][:tables]
    return catalog(
        *(
            _table(
                name,
                column(f"{name}_id"),
                column(f"{names[number - 1]}_id"),
                column(f"{names[number // 2]}_no"),
                *(column(f"{subject}_id") for subject in _SUBJECTS[number % 7 : number % 7 + 3]),
                *(column(plain) for plain in ("created_by", "company_id", "row_count", "amount")),
                column("status_code", "varchar(10)"),
                primary_key=f"{name}_id" if number % 3 else "",
            )
            for number, name in enumerate(names)
        )
    )


def _seconds(tables: int) -> float:
    schema = _schema(tables)
    started = time.process_time()
    found = propose(schema, answers=Answers(), rows=None, budget_s=None, progress=lambda _: None)
    spent = time.process_time() - started
    assert len(found.foreign_keys) > tables
    return spent


def test_five_thousand_tables_take_seconds_and_little_memory() -> None:
    assert _seconds(5000) < _SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < _MEGABYTES * 1024


def test_time_grows_with_the_tables_and_not_with_their_square() -> None:
    _seconds(500)  # what is read once
    assert _seconds(4000) < 7 * _seconds(1000)
