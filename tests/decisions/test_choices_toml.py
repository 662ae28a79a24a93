from __future__ import annotations

from onboard.decisions.choices_toml import with_choices
from onboard.decisions.keys import used_keys
from onboard.decisions.person import read_person, resolved
from onboard.decisions.spelling import Spellings
from onboard.inference.proposals import Proposals, ValueSet
from tests.catalogs import catalog, column, foreign_key, name_of, table

CATALOG = catalog(
    table("stages", column("code", "text"), primary_key="code"),
    table(
        "orders",
        column("id"),
        column("status", "text"),
        column("paid", "bpchar(1)"),
        column("stage", "text"),
        primary_key="id",
        foreign_keys=(foreign_key("stage", "stages(code)"),),
    ),
)
STATUS = ValueSet(name_of("orders"), "status", ("N", "in_work", 'a"b'), 3, 1200, is_exact=True)
PAID = ValueSet(name_of("orders"), "paid", ("n", "y"))
BLOCK = """[[choices]]
column = "public.orders.status"
values = { "N" = "N", "in_work" = "In Work", "a\\"b" = "a\\"b" }
use = false  # 3 values in 1,200 rows (exact) [scan:"""


def written(text: str, *sets: ValueSet) -> str:
    person = resolved(read_person(text), CATALOG)
    return with_choices(text, sets, used_keys(CATALOG, Proposals(), person), Spellings(CATALOG))


def test_leaves_the_file_alone_where_there_is_nothing_to_propose() -> None:
    assert written("[scan]\n") == "[scan]\n"
    assert written("[scan]\n", ValueSet(name_of("orders"), "status", (), 3, 1200)) == "[scan]\n"
    assert written("[scan]\n", ValueSet(name_of("orders"), "stage", ("a", "b"))) == "[scan]\n"  # a declared reference


def test_leaves_a_section_that_a_person_touched_alone() -> None:
    for text in (
        '[[choices]]\ncolumn = "orders.status"\nvalues = { N = "new" }\n',
        '[[choices]]\ncolumn = "orders.status"\nvalues = { N = "new" }\nuse = false\n',
        written("[scan]\n", STATUS).replace('"In Work"', '"Working"'),
        written("[scan]\n", STATUS).replace("use = false", "use = true"),
    ):
        assert written(text, STATUS) == text


def test_proposes_once_and_follows_the_evidence() -> None:
    text = written("[scan]\n", STATUS)
    assert BLOCK in text
    assert written(text, STATUS) == text
    assert written(text) == text
    more = ValueSet(STATUS.table, "status", (*STATUS.values, "zzz"), 4, 1300)
    assert '"zzz" = "Zzz" }\nuse = false  # 4 values in 1,300 rows (a sample)' in written(text, more)
    assert written(text, more).count("[[choices]]") == 1


def test_two_values_that_say_yes_and_no_are_a_flag() -> None:
    text = written("[scan]\n", PAID, STATUS)
    assert 'values = { "n" = false, "y" = true }\nuse = false  # a check lists them' in text
    given = read_person(text.replace("use = false", "use = true")).choices
    assert [one.flag for one in given] == [("y", "n"), None]


def test_keeps_the_line_ends_of_the_file() -> None:
    text = written("[scan]\r\n\r\n# mine\r\n", STATUS)
    assert "\n" not in text.replace("\r\n", "")
