from __future__ import annotations

import pytest

from onboard.verify.expressions import may_be_same

COLUMNS = ("price", "status", "Order Date", "ends", "starts")


@pytest.mark.parametrize(
    ("claimed", "actual"),
    [
        ('"price" >= 0', "(price >= (0)::numeric)"),
        ("0", "'0'::numeric"),
        ("-1", "'-1'::integer"),
        ("0.00", "0"),
        ("true", "true"),
        ("'new'", "'new'::character varying"),
        ("'it''s'", "'it''s'::text"),
        ("NOW()", "CURRENT_TIMESTAMP"),
        ("\"status\" IN ('a', 'b')", "((status)::text = ANY ((ARRAY['a'::character varying, 'b'::text])::text[]))"),
        ('"price" IN (1, 0, -1)', "(price = ANY (ARRAY[1, 0, '-1'::integer]))"),
        ('"ends" > "starts"', "(ends > starts)"),
        ('"price" BETWEEN 1 AND 5', "((price >= 1) AND (price <= 5))"),
        ('CAST("price" AS integer) > 3', "((price)::integer > 3)"),
        ('"Order Date" IS NOT NULL', '("Order Date" IS NOT NULL)'),
        ("'{}'::public.\"my type\"[]", "'{}'::my_type[]"),
    ],
)
def test_finds_no_difference_in_what_a_server_rewrites(claimed: str, actual: str) -> None:
    assert may_be_same(claimed, actual, COLUMNS)


@pytest.mark.parametrize(
    ("claimed", "actual"),
    [
        ("0", "1"),
        ("'new'", "'old'::text"),
        ("true", "false"),
        ('"price" >= 0', "(price > (0)::numeric)"),
        ('"price" >= 0', "(price >= (1)::numeric)"),
        ('"ends" > 3', "(starts > 3)"),
        ("\"status\" IN ('a', 'b')", "((status)::text = ANY (ARRAY['a'::text, 'b'::text, 'c'::text]))"),
    ],
)
def test_tells_apart_what_differs(claimed: str, actual: str) -> None:
    assert not may_be_same(claimed, actual, COLUMNS)
