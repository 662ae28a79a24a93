from __future__ import annotations

from onboard.migrations.tighten.names import free_name, words


def test_leaves_a_short_free_name_alone() -> None:
    assert free_name("orders_cust_fkey", {"orders_pkey"}) == "orders_cust_fkey"


def test_numbers_a_name_that_is_taken() -> None:
    assert free_name("orders_pkey", {"orders_pkey", "orders_pkey_2"}) == "orders_pkey_3"


def test_cuts_a_long_name_by_bytes_and_keeps_two_long_ones_apart() -> None:
    one, other = (free_name("Größenverhältnis_" * 5 + end, ()) for end in ("a", "b"))
    assert one != other
    assert max(len(one.encode()), len(other.encode())) <= 63


def test_makes_words_for_the_name_of_a_file() -> None:
    assert words("TBL Größe", "№ 1") == "tbl_grosse_no_1"
    assert words('"', "%") == "table"
