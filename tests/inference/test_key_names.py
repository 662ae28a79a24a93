"""Which of several keys of one name the name fits best."""

from __future__ import annotations

from tests.inference.test_key_index import edges, keyed


def test_a_name_fits_the_table_that_it_says_whole_rather_than_one_with_fewer_words() -> None:
    tables = (keyed("customer_lines", key="cust_line_no"), keyed("lines", key="cust_line_no"))
    found = edges("bills.cust_line_no", *tables, keyed("bills", "cust_line_no"))
    assert found["lines.cust_line_no"].parent.is_outnamed
    assert not found["customer_lines.cust_line_no"].parent.is_outnamed
