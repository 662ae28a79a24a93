"""Which of several keys of one name the name fits best."""

from __future__ import annotations

from onboard.inference.schema import KeyName
from tests.inference.test_key_index import edges, keyed


def test_a_name_fits_the_table_that_it_says_whole_rather_than_one_with_fewer_words() -> None:
    tables = (keyed("customer_lines", key="cust_line_no"), keyed("lines", key="cust_line_no"))
    found = edges("bills.cust_line_no", *tables, keyed("bills", "cust_line_no"))
    assert found["lines.cust_line_no"].parent.is_outnamed
    assert not found["customer_lines.cust_line_no"].parent.is_outnamed


def test_a_key_that_shortens_its_table_is_its_own_although_another_table_begins_with_it() -> None:
    tables = (keyed("publishers", key="pub_id"), keyed("pub_info", key="pub_id"), keyed("titles", "pub_id"))
    found = edges("titles.pub_id", *tables)
    assert found["publishers.pub_id"].parent.named_after is KeyName.OWN
    assert found["pub_info.pub_id"].is_bettered
