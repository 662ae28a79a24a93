"""What signals see of short names."""

from __future__ import annotations

from tests.inference.test_key_index import keyed
from tests.inference.test_signals import terms


def test_an_abbreviation_that_leaves_much_out_says_less() -> None:
    tables = (keyed("departments"), keyed("clerks", "dept_id", "departm_id"))
    short = terms("clerks.dept_id", "departments", *tables)["abbreviation_is_short"]
    assert short > terms("clerks.departm_id", "departments", *tables)["abbreviation_is_short"]


def test_a_long_word_is_hardly_an_abbreviation() -> None:
    tables = (keyed("kundenstaende"), keyed("departments"), keyed("rides", "dept_id", "kunden_id"))
    assert "abbreviation_is_long" not in terms("rides.dept_id", "departments", *tables)
    assert "abbreviation_is_long" in terms("rides.kunden_id", "kundenstaende", *tables)


def test_a_table_may_be_the_short_one() -> None:
    tables = (keyed("depts"), keyed("customers"), keyed("rides", "department_id", "cust_id"))
    assert "table_abbreviates_column" in terms("rides.department_id", "depts", *tables)
    assert "table_abbreviates_column" not in terms("rides.cust_id", "customers", *tables)


def test_of_two_tables_with_short_names_for_their_keys_neither_refers_to_the_other() -> None:
    more = [keyed(f"{prefix}_{name}") for prefix in ("part", "tab") for name in ("keys", "vals")]
    tables = (keyed("part_col_stats", key="cs_id"), keyed("tab_col_stats", key="cs_id"), *more)
    assert "shares_a_kind_of_key" in terms("part_col_stats.cs_id", "tab_col_stats", *tables)
