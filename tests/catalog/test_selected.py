import pytest

from onboard.catalog.selected import is_selected
from onboard.catalog.snapshot import Selection


@pytest.mark.parametrize(
    ("selection", "schema", "table", "expected"),
    [
        (Selection(), "public", "orders", True),
        (Selection(tables=("ord*",)), "public", "orders", True),
        (Selection(tables=("Ord*",)), "public", "orders", False),
        (Selection(tables=("hr.*",)), "hr", "dept", True),
        (Selection(tables=("hr.*",)), "public", "dept", False),
        (Selection(tables=("a", "b")), "public", "b", True),
        (Selection(exclude=("tmp_*",)), "public", "tmp_1", False),
        (Selection(tables=("*",), exclude=("public.tmp_*",)), "hr", "tmp_1", True),
        (Selection(tables=("orders",)), "public", "orders\n", False),
        (Selection(tables=("ord?r[sz]",)), "public", "orders", True),
    ],
)
def test_takes_what_the_globs_say(selection: Selection, schema: str, table: str, expected: bool) -> None:
    assert is_selected(selection)(schema, table) is expected
