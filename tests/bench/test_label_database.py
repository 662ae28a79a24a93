"""Keys that are documented and not declared, as the labelled files hold them."""

from __future__ import annotations

from tests.bench.label_database import documented
from tests.catalogs import catalog
from tests.inference.test_key_index import keyed

_CATALOG = catalog(
    keyed("shop.items"), keyed("shop.bills", "item_id"), keyed("depot.items"), keyed("depot.bills", "item_id")
)


def found(child: str, parent: str) -> list[tuple[str, str]]:
    listed = [(child, ["item_id"], parent, ["id"])]
    return [(f"{schema}.{name}", f"{other}.{its}") for schema, name, _, other, its, _ in documented(_CATALOG, listed)]


def test_leaves_out_what_is_not_there_or_could_be_either() -> None:
    assert not found("shop.bills", "clerks")
    assert not found("bills", "items")


def test_a_table_is_that_of_the_schema_that_is_said() -> None:
    for child in ("shop.bills", "depot.bills"):
        for parent in ("shop.items", "depot.items"):
            assert found(child, parent) == [(child, parent)]


def test_a_table_without_a_schema_is_that_beside_the_child() -> None:
    for schema in ("shop", "depot"):
        assert found(f"{schema}.bills", "items") == [(f"{schema}.bills", f"{schema}.items")]


def test_a_schema_that_is_not_scanned_says_nothing() -> None:
    one = catalog(keyed("items"), keyed("bills", "item_id"))
    listed = [("dbo.bills", ["item_id"], "dbo.items", ["id"])]
    assert list(documented(one, listed)) == [("public", "bills", ("item_id",), "public", "items", ("id",))]
