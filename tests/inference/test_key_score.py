"""What signals see of possible primary keys, where a column is asked once for all sets that it is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from onboard.catalog.canonical import from_json
from onboard.inference.edge_terms import BIAS
from onboard.inference.key_candidates import key_candidates, name_use
from onboard.inference.key_score import all_key_signals, measure_key
from onboard.inference.key_signal import Of
from onboard.inference.schema import read_schema
from tests.catalogs import catalog, column, table
from tests.legacy_dbs import FOLDER

CATALOGS = sorted(FOLDER.glob("*/expected/.onboard/catalog.json"))


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: file.parts[-4])
def test_what_columns_say_is_what_each_set_of_them_would_have_seen(file: Path) -> None:
    schema = read_schema(from_json(file.read_text(encoding="utf-8")))
    use = name_use(schema)
    for key in (key for one in schema.tables for key in key_candidates(one, use)):
        measure_key(key, use)
        never = Of.SINGLE if len(key.columns) > 1 else Of.SET
        asked = [one for one in all_key_signals() if one.of is not never and not one.needs_rows]
        seen = {one.name: one.measure(key, use) for one in asked}
        assert key.terms == {BIAS: 1.0} | {name: value for name, value in seen.items() if value}


def test_a_column_says_the_same_in_every_set() -> None:
    lines = table("lines", column("order_id"), column("amount"), column("line_no"))
    schema = read_schema(catalog(table("orders", column("id"), primary_key="id"), lines))
    use = name_use(schema)
    (view,) = (one for one in schema.tables if one.table is lines)
    found = {key.names: key for key in key_candidates(view, use)}
    for key in found.values():
        measure_key(key, use)
    assert found["order_id", "amount", "line_no"].terms["set_measure"] == 1.0
    assert found["order_id", "amount"].terms["set_measure"] == 1.0
    assert "set_measure" not in found["order_id", "line_no"].terms
