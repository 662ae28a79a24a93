from onboard.catalog.structure import TableName
from onboard.inference.chance import surprise_of_a_part, surprise_of_uniqueness
from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.measured import Uniqueness
from onboard.inference.schema import read_schema
from tests.catalogs import catalog, column, table

LINES = read_schema(catalog(table("lines", column("order_no"), column("line_no"), column("part_no")))).tables[0]


def use(rows: int, **distinct: int) -> NameUse:
    known: dict[tuple[TableName, tuple[str, ...]], Uniqueness] = {
        (LINES.name, (name,)): Uniqueness(rows, rows - count, 0) for name, count in distinct.items()
    }
    known[LINES.name, ("order_no", "line_no")] = Uniqueness(rows, 0, 0)
    return NameUse({}, {}, {}, uniqueness=known)


def key(*names: str) -> KeyCandidate:
    return KeyCandidate(LINES, tuple(LINES.by_name[name] for name in names))


def test_columns_of_which_one_hardly_repeats_are_unique_by_accident() -> None:
    assert surprise_of_uniqueness(key("order_no", "line_no"), use(1000, order_no=998, line_no=40)) < 0.1


def test_what_was_not_counted_surprises_nobody() -> None:
    assert surprise_of_uniqueness(key("order_no", "line_no"), use(1000, order_no=250)) == 0


def test_numbers_that_begin_again_in_each_order_are_a_surprise() -> None:
    assert surprise_of_uniqueness(key("order_no", "line_no"), use(1000, order_no=250, line_no=4)) > 2


def test_a_part_that_surprises_is_found_in_a_larger_set() -> None:
    known = use(1000, order_no=250, line_no=4, part_no=300)
    assert surprise_of_a_part(key("order_no", "line_no", "part_no"), known) > 2
    assert surprise_of_a_part(key("order_no", "line_no"), known) == 0
