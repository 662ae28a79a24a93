from __future__ import annotations

import pytest

from onboard.catalog.structure import Column, ColumnType
from onboard.verify.expression_truth import Reading
from onboard.verify.expressions import Agreement, compared, is_alike

TYPES = {
    "price": "numeric",
    "amount": "int4",
    "status": "varchar",
    "Order Date": "date",
    "ends": "timestamp",
    "starts": "timestamp",
    "flag": "bool",
    "code": "bpchar",
}
COLUMNS = {
    name: Column(name, ColumnType("pg_catalog", type_, type_), is_nullable=True) for name, type_ in TYPES.items()
}


def _compared(claimed: str, actual: str, reading: Reading = Reading.CHECK) -> Agreement:
    found = compared(claimed, actual, COLUMNS, reading=reading)
    assert compared(actual, claimed, COLUMNS, reading=reading) is found
    return found


@pytest.mark.parametrize(
    ("claimed", "actual"),
    [
        ('"price" >= 0', "(price >= (0)::numeric)"),
        ("0", "'0'::numeric"),
        ("-1", "'-1'::integer"),
        ("0.00", "0"),
        ("true", "true"),
        ("'new'", "'new'::character varying"),
        ("'new'", "'new'::public.\"my type\""),
        ("'it''s'", "'it''s'::text"),
        ("NOW()", "CURRENT_TIMESTAMP"),
        ("\"status\" IN ('a', 'b')", "((status)::text = ANY ((ARRAY['a'::character varying, 'b'::text])::text[]))"),
        ("\"status\" IN ('b', 'a')", "((status)::text = ANY ('{a,b}'::text[]))"),
        ("\"status\" IN ('a')", "((status)::text = 'a'::text)"),
        ("NOT (\"status\" IN ('a', 'b'))", "((status)::text <> ALL (ARRAY['a'::text, 'b'::text]))"),
        ('"price" IN (1, 0, -1)', "(price = ANY (ARRAY[(1)::numeric, (0)::numeric, '-1'::numeric]))"),
        ('"ends" > "starts"', "(ends > starts)"),
        ('"ends" > "starts"', "(starts < ends)"),
        ('"price" BETWEEN 1 AND 5', "((price >= (1)::numeric) AND (price <= 5.0))"),
        ('CAST("price" AS integer) > 3', "((price)::integer > 3)"),
        ('"Order Date" IS NOT NULL', '("Order Date" IS NOT NULL)'),
        ('NOT ("Order Date" IS NULL)', '("Order Date" IS NOT NULL)'),
        ("'{}'::public.\"my type\"[]", "'{}'::my_type[]"),
        ("\"status\"::text LIKE 'a%'", "((status)::text ~~ 'a%'::text)"),
        ('"flag"', "(flag = true)"),
        ('NOT "flag"', "(flag = false)"),
        ('"price" >= 0 AND ("flag" OR "amount" < 3)', "(((amount < 3) OR flag) AND (price >= (0)::numeric))"),
        ('"amount" * "price"', "((amount)::numeric * price)"),
        ("'2024-01-01 00:00:00+00:00'::timestamptz", "'2024-01-01 01:00:00+01'::timestamp with time zone"),
        ('UPPER("status")', "upper((status)::text)"),
        ('CASE WHEN "flag" THEN 1 ELSE NULL END', "\nCASE\n    WHEN flag THEN 1\n    ELSE NULL::integer\nEND"),
        ('CHECK (("price" > 0))', "CHECK ((price > (0)::numeric))"),
        ("EXCLUDE USING gist (a WITH =)", "EXCLUDE  USING gist (a WITH =)"),
    ],
)
def test_proves_what_a_server_rewrites_to_be_the_same(claimed: str, actual: str) -> None:
    assert _compared(claimed, actual) is Agreement.SAME


@pytest.mark.parametrize(
    ("claimed", "actual"),
    [
        ("0", "1"),
        ("'new'", "'old'::text"),
        ("'00'", "'0'::text"),
        ("true", "false"),
        ('"price" >= 0', "(price > (0)::numeric)"),
        ('"price" >= 0', "(price >= (1)::numeric)"),
        ('"ends" > 3', "(starts > 3)"),
        ("\"status\" IN ('a', 'b')", "((status)::text = ANY (ARRAY['a'::text, 'b'::text, 'c'::text]))"),
        ("\"status\" IN ('a', 'b')", "((status)::text <> ALL (ARRAY['a'::text, 'b'::text]))"),
        ('"flag"', "(flag = false)"),
        ('"flag"', "(NOT flag)"),
        ('"price" > 0 AND "amount" > 0', "((price > (0)::numeric) OR (amount > 0))"),
        ('"amount" = 1', "(NOT (amount = 1))"),
        ('"price" IS NULL', "(price IS NOT NULL)"),
        ('"price" > 0 OR "amount" > 0 AND "flag"', "(((price > (0)::numeric) OR (amount > 0)) AND flag)"),
        ('"ends" > "starts"', "(ends < starts)"),
    ],
)
def test_tells_apart_what_differs(claimed: str, actual: str) -> None:
    assert _compared(claimed, actual) is Agreement.DIFFERENT


@pytest.mark.parametrize(
    ("claimed", "actual"),
    [
        ('"price" > 0', "((price)::integer > 0)"),
        ('"amount" / 2', "((amount)::numeric / (2)::numeric)"),
        ('"amount" = 1', "(amount <> 0) AND (amount = 1) AND (amount <> 0)"),
        ("UPPER(\"status\") = 'A'", "(lower((status)::text) = 'A'::text)"),
        ("\"status\" = 'a'", "((status)::character varying(1) = 'a')"),
        ('f("status")', "public.f(status)"),
        ("'0'", "0"),
        ("\"code\" = 'a'", "((code)::text = 'a'::text)"),
        ('("ends" AT TIME ZONE \'UTC\') > "starts"', '("starts" AT TIME ZONE \'UTC\') < "ends"'),
    ],
)
def test_never_calls_the_same_what_it_cannot_tell(claimed: str, actual: str) -> None:
    assert _compared(claimed, actual) is not Agreement.SAME


def test_a_check_takes_null_and_a_partial_index_does_not() -> None:
    assert _compared('"flag"', "(flag IS TRUE)", Reading.FILTER) is Agreement.SAME
    assert _compared('"flag"', "(flag IS TRUE)", Reading.CHECK) is Agreement.DIFFERENT
    assert _compared('"flag"', "(flag IS NOT FALSE)", Reading.CHECK) is Agreement.SAME
    positive, also_set = '"price" > 0', "((price > (0)::numeric) AND (price IS NOT NULL))"
    assert _compared(positive, also_set, Reading.FILTER) is Agreement.SAME
    assert _compared(positive, also_set, Reading.CHECK) is not Agreement.SAME


def test_takes_none_for_another_by_its_columns_alone() -> None:
    one, other = "f(price) > 0", "g(price) > 0"
    assert _compared(one, other) is Agreement.UNCOMPARED
    assert not is_alike(one, other, COLUMNS, reading=Reading.CHECK)
    assert is_alike(one, "CHECK ((f(price) > (0)::numeric))", COLUMNS, reading=Reading.CHECK)
