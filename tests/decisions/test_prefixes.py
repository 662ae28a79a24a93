from __future__ import annotations

from onboard.decisions.fragments import Words, fragments
from onboard.decisions.prefixes import column_prefix, shared_prefixes, stripped, without_hungarian

LANGUAGE = {"order", "act", "customer"}


def shared(*names: str, entities: frozenset[str] = frozenset()) -> tuple[Words, ...]:
    return shared_prefixes([fragments(name) for name in names], LANGUAGE.__contains__, entities)


def test_leaves_subject_prefixes_alone() -> None:
    assert shared("gl_a", "gl_b", "gl_c", "ar_a", "ar_b", "ar_c", "x", "y", "z", "w") == ()


def test_leaves_a_word_of_the_language_alone_unless_all_of_many_share_it() -> None:
    assert shared("customer_a", "customer_b", "customer_c") == ()
    assert shared(*(f"act_{number}x" for number in "abcdefgh")) == (("act",),)


def test_leaves_a_prefix_that_is_a_table_alone() -> None:
    assert shared("tbl_a", "tbl_b", "tbl_c", entities=frozenset(("tbl",))) == ()
    assert without_hungarian(("tbl", "privs"), frozenset(("tbl",))) == ("tbl", "privs")


def test_finds_a_code_of_one_part_or_more() -> None:
    assert shared("qrtz_a", "qrtz_b", "qrtz_c") == (("qrtz",),)
    assert shared("hs_hr_a", "hs_hr_b", "hs_hr_c") == (("hs", "hr"),)


def test_strips_hungarian_prefixes_also_where_they_are_glued_on() -> None:
    assert without_hungarian(("tbl", "cust"), frozenset()) == ("cust",)
    assert without_hungarian(("tblcust",), frozenset()) == ("cust",)
    assert without_hungarian(("tbls",), frozenset()) == ("tbls",)


def test_never_strips_down_to_a_number() -> None:
    assert stripped(("qrtz", "2"), (("qrtz",),)) == ("qrtz", "2")
    assert stripped(("qrtz", "lock"), (("qrtz",),)) == ("lock",)


def test_a_column_code_must_be_shared_by_nearly_all() -> None:
    columns = {name: fragments(name) for name in ("l_a", "l_b", "l_c", "d")}
    assert column_prefix(columns, LANGUAGE.__contains__) == ()
    assert column_prefix({name: columns[name] for name in ("l_a", "l_b", "l_c")}, LANGUAGE.__contains__) == ("l",)
