from onboard.inference.lookups import lookup
from onboard.inference.rows import Lookup
from onboard.inference.schema import ColumnView, read_schema
from tests.catalogs import catalog, column, table

SCHEMA = read_schema(
    catalog(
        table("orders", column("id"), column("part_no", "int8"), column("code", "bpchar(4)"), column("note", "text")),
        table("parts", column("no"), column("code", "text"), column("note", "text"), indexes=("no", "code", "note")),
        table("plain", column("no")),
    )
)
TABLES = {view.name.name: view.by_name for view in SCHEMA.tables}


def way(child: ColumnView, parent: ColumnView, rows: int = 1_000, parent_rows: int = 1_000_000) -> Lookup:
    return lookup((child,), rows, (parent,), parent_rows, engine="postgresql")


def test_many_values_are_not_looked_up_one_by_one() -> None:
    assert way(TABLES["orders"]["part_no"], TABLES["parts"]["no"], rows=900_000) is Lookup.ALL


def test_a_parent_with_several_times_the_rows_of_the_child_is_read_once_and_not_gathered() -> None:
    assert way(TABLES["orders"]["part_no"], TABLES["parts"]["no"], rows=200_000) is Lookup.SCAN
    child, parent = TABLES["orders"]["part_no"], TABLES["parts"]["no"]
    assert lookup((child,), 200_000, (parent,), 1_000_000, engine="sqlite") is Lookup.ALL


def test_an_index_is_of_no_use_across_types() -> None:
    assert way(TABLES["orders"]["code"], TABLES["parts"]["code"]) is Lookup.SCAN


def test_a_parent_without_an_index_is_read_once() -> None:
    assert way(TABLES["orders"]["part_no"], TABLES["plain"]["no"]) is Lookup.SCAN


def test_few_values_are_looked_up_in_an_index() -> None:
    assert way(TABLES["orders"]["part_no"], TABLES["parts"]["no"]) is Lookup.INDEX
    assert way(TABLES["orders"]["note"], TABLES["parts"]["note"]) is Lookup.INDEX
