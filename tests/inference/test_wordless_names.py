"""Names of signs alone have no words; nothing may be read from them, and nothing may break."""

from __future__ import annotations

from onboard.inference.answers import Answers
from onboard.inference.propose import propose
from tests.catalogs import catalog, column
from tests.catalogs import table as _table


def test_proposes_nothing_for_tables_and_columns_of_signs() -> None:
    signs = ('"', "-", "'''", "\n", "{}", "%", "\\", "()")
    columns = [column(sign) for sign in signs]
    tables = [
        _table(sign, *columns, column("tbl_a"), column("tbl_b"), column("tbl_c"), column("tbl_d")) for sign in signs
    ]
    found = propose(catalog(*tables), answers=Answers(), rows=None, budget_s=None, progress=lambda _: None)
    assert [one for one in found.foreign_keys if one.columns[0] in signs] == []


def test_drops_a_shared_prefix_where_one_column_has_no_word() -> None:
    columns = [column(f"cus_{name}") for name in ("name", "street", "city", "zip", "phone", "mail", "no", "note")]
    found = catalog(_table("tbl_customer", *columns, column("?")), _table("?", column("cus_no")))
    propose(found, answers=Answers(), rows=None, budget_s=None, progress=lambda _: None)
