"""A parent without gaps holds what lies in its range: the answers are those that looking values up would give."""

from __future__ import annotations

import psycopg
import pytest

from onboard.catalog.dsn import parse_dsn
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.catalog.structure import TableName
from onboard.inference.answers import Answers
from onboard.inference.depth import Depth
from onboard.inference.from_rows import add_row_evidence
from onboard.inference.inferred import Inferred, infer_from_names
from onboard.inference.measured import ColumnProfile, Inclusion
from onboard.inference.rows import open_rows
from tests.conftest import NewDatabase

ROWS = 20_000
TABLES = (
    "create table kinds (kind_no integer not null, name varchar(40))",
    "create table shops (shop_no {shop} not null, name varchar(40))",
    "create table sales (sale_no integer not null, kind_no smallint, shop_no {shop}, note varchar(40))",
    "insert into kinds select n, 'kind ' || n from generate_series(0, 99) n",
    "insert into shops select n, 'shop ' || n from generate_series(1, 800) n",
    "insert into sales select n * 3, case when n % 10 > 0 then n % 100 end, n * 7 % 800 + 1, 'of ' || n"
    f" from generate_series(1, {ROWS}) n",
)
SAMPLES = Depth(whole_rows=1_000, sampled_rows=2_000, proves=False)
COUNTS = Depth(whole_rows=1_000, sampled_rows=2_000)


def _inferred(database: NewDatabase, depth: Depth, *changes: str, shop: str = "integer") -> tuple[Inferred, list[str]]:
    """Return what is found, and what was looked at on the way."""
    text = database(*(statement.format(shop=shop) for statement in TABLES), *changes)
    with psycopg.connect(text, autocommit=True) as server:
        server.execute("analyze")
    asked: list[str] = []
    found = infer_from_names(read_snapshot(parse_dsn(text), Selection()).catalog, Answers())
    with open_rows(parse_dsn(text)) as rows:
        add_row_evidence(found, rows, None, asked.append, depth)
    return found, asked


def _known(found: Inferred, column: str) -> Inclusion:
    parent = TableName("public", {"kind_no": "kinds", "shop_no": "shops"}[column])
    return found.situation.inclusions[TableName("public", "sales"), column, parent, column]


@pytest.mark.parametrize("shop", ["integer", "numeric"])  # numerics may have fractions and are looked up
def test_a_sample_within_a_key_without_gaps_has_no_orphans(new_database: NewDatabase, shop: str) -> None:
    found, _ = _inferred(new_database, SAMPLES, shop=shop)
    kinds, shops = _known(found, "kind_no"), _known(found, "shop_no")
    assert kinds.nulls is not None
    assert (kinds.is_exact, kinds.rows + kinds.nulls, kinds.orphans, kinds.distinct) == (False, 2_000, 0, 90)
    assert shops == Inclusion(2_000, shops.distinct, 0, 0, 0, is_exact=False, nulls=0)


@pytest.mark.parametrize(
    ("change", "column", "share"),
    [
        ("delete from kinds where kind_no = 57", "kind_no", 0.01),
        ("delete from kinds where kind_no = 0", "kind_no", 0),  # a sentinel, and NULL in the sales
        ("delete from shops where shop_no = 800", "shop_no", 1 / 800),
        ("delete from shops where shop_no = 1", "shop_no", 1 / 800),
        ("update sales set shop_no = 0 where sale_no % 40 = 0", "shop_no", 0.025),
        ("update sales set shop_no = -1 where sale_no % 40 = 0", "shop_no", 0.025),
    ],
)
def test_what_a_range_leaves_open_is_looked_up(
    new_database: NewDatabase, change: str, column: str, share: float
) -> None:
    found, _ = _inferred(new_database, COUNTS, change)
    known = _known(found, column)
    assert (known.is_exact, known.orphans) == (True, share * ROWS)


def test_columns_of_one_table_are_proved_by_their_ranges_in_one_pass(new_database: NewDatabase) -> None:
    found, asked = _inferred(new_database, COUNTS)
    assert "public.sales (kind_no, shop_no), every row" in asked
    assert not [one for one in asked if one in ("public.sales.kind_no, every row", "public.sales.shop_no, every row")]
    for column, filled in ("kind_no", ROWS * 9 // 10), ("shop_no", ROWS):
        known = _known(found, column)
        assert (known.is_exact, known.rows, known.orphans) == (True, filled, 0)


def test_a_single_row_outside_that_no_sample_holds_is_counted(new_database: NewDatabase) -> None:
    found, asked = _inferred(new_database, COUNTS, f"update sales set shop_no = 801 where sale_no = {ROWS * 3}")
    assert "public.sales.shop_no, every row" in asked
    assert _known(found, "shop_no") == Inclusion(ROWS, 801, 1, 1, 0, is_exact=True)
    assert _known(found, "kind_no").is_exact


@pytest.mark.parametrize(
    ("profile", "has_no_gaps"),
    [
        (ColumnProfile(9, 3, 1, 3, least=1, most=3), True),
        (ColumnProfile(9, 3, 1, 1, least=-1, most=1), True),
        (ColumnProfile(9, 3, 1, 4, least=1, most=4), False),
        (ColumnProfile(9, 3, 1, 3, is_exact=False, least=1, most=3), False),
        (ColumnProfile(9, 3, 1, 3), False),
        (ColumnProfile(0, 0), False),
    ],
)
def test_gaps_are_told_by_the_number_of_values(profile: ColumnProfile, has_no_gaps: bool) -> None:
    assert profile.has_no_gaps == has_no_gaps


def test_what_is_counted_whole_is_exact_by_its_range(new_database: NewDatabase) -> None:
    found, _ = _inferred(new_database, Depth())
    assert _known(found, "kind_no") == Inclusion(ROWS * 9 // 10, 90, 0, 0, 0, is_exact=True)
    assert _known(found, "shop_no") == Inclusion(ROWS, 800, 0, 0, 0, is_exact=True)
