"""What `db_default` says of a default."""

from __future__ import annotations

import pytest

from onboard.passes.defaults import function_default, written_default
from onboard.passes.sql_literals import is_null
from onboard.passes.written import argument, call, code, imported, models

_ARRAY = imported("django.contrib.postgres.fields", "ArrayField")
_TEXT_ITEM = call(models("CharField"), (argument("max_length", 9),))


def _said(sql: str, field: str) -> str:
    return code(written_default(sql, models(field), None).node)


@pytest.mark.parametrize(
    ("sql", "field"),
    [
        ("""'{"a": 1.50}'::jsonb""", "JSONField"),  # Python would drop the nought
        ("""'{"a":1}'::json""", "JSONField"),  # json keeps its spacing
        ("'null'::jsonb", "JSONField"),
        ("'1 mon'::interval", "DurationField"),
        ("'-01:00:00'::interval", "DurationField"),
        ("'24:00:00'::interval", "DurationField"),
        ("'2020-01-01 00:00:00'::timestamp without time zone", "DateTimeField"),  # of no zone that is known
        ("'infinity'::timestamp with time zone", "DateTimeField"),
        ("'12:00:00+02'::time with time zone", "TimeField"),
        ("'\\x0'::bytea", "BinaryField"),
        ("CURRENT_DATE", "DateField"),
        ("'infinity'::date", "DateField"),
        ("1.10", "FloatField"),
        ("1.5", "IntegerField"),
        ("lower('A'::text)", "TextField"),
        ("'a' || 'b'", "TextField"),
        ("1", "UUIDField"),
    ],
)
def test_leaves_other_expressions_in_the_servers_words(sql: str, field: str) -> None:
    assert _said(sql, field).startswith("RawSQL(")


@pytest.mark.parametrize(
    ("sql", "field", "expected"),
    [
        ("'it''s'::character varying", "CharField", '"it\'s"'),
        ("''::character varying", "CharField", "''"),
        ("(-1)", "IntegerField", "-1"),
        ("'-1'::integer", "IntegerField", "-1"),
        ("0::numeric", "DecimalField", "0"),
        ("0.00", "DecimalField", "Decimal('0.00')"),
        ("0.5", "FloatField", "0.5"),
        ("false", "BooleanField", "False"),
        ("'{}'::jsonb", "JSONField", "{}"),
        ("""'{"a": [1, null, true]}'::jsonb""", "JSONField", "{'a': [1, None, True]}"),
        ("""'"{}"'::jsonb""", "JSONField", "'{}'"),
        ("'2020-02-29'::date", "DateField", "date(2020, 2, 29)"),
        ("'7 days'::interval", "DurationField", "timedelta(days=7)"),
        ("'-1 days'::interval", "DurationField", "timedelta(days=-1)"),
        ("'01:30:00'::interval", "DurationField", "timedelta(minutes=90)"),
        ("'00:00:00'::interval", "DurationField", "timedelta(days=0)"),
        ("'3 days 04:05:06.5'::interval", "DurationField", "timedelta(days=3, seconds=14706, microseconds=500000)"),
        ("'12:30:00'::time without time zone", "TimeField", "time(12, 30)"),
        (
            "'2020-01-01 00:00:00+00'::timestamp with time zone",
            "DateTimeField",
            "datetime(2020, 1, 1, tzinfo=timezone.utc)",
        ),
        ("'6ecd8c99-4036-403d-bf84-cf8400f67836'::uuid", "UUIDField", "UUID('6ecd8c99-4036-403d-bf84-cf8400f67836')"),
        ("'\\x00ff'::bytea", "BinaryField", "b'\\x00\\xff'"),
    ],
)
def test_writes_values_as_python_does(sql: str, field: str, expected: str) -> None:
    assert _said(sql, field) == expected


def test_writes_plain_arrays_as_lists_and_leaves_the_others() -> None:
    assert code(written_default("'{}'::text[]", _ARRAY, _TEXT_ITEM).node) == "[]"
    assert code(written_default("'{new,old}'::text[]", _ARRAY, _TEXT_ITEM).node) == "['new', 'old']"
    assert code(written_default("'{1,-2}'::integer[]", _ARRAY, call(models("IntegerField"), ())).node) == "[1, -2]"
    assert code(written_default("""'{"a b","",c}'::text[]""", _ARRAY, _TEXT_ITEM).node) == "['a b', '', 'c']"
    for left in ("'{a,NULL}'::text[]", r"""'{"a\"b"}'::text[]""", "'{{1},{2}}'::text[]", "'{a,}'::text[]"):
        assert code(written_default(left, _ARRAY, _TEXT_ITEM).node).startswith("RawSQL(")


def test_the_time_of_the_transaction_is_not_that_of_the_statement() -> None:
    found = function_default("now()", models("DateTimeField"))
    assert found is not None
    assert code(found.node) == "TransactionNow()"
    assert function_default("statement_timestamp()", models("DateTimeField")) is None
    assert function_default("now()", models("DateField")) is None


def test_null_is_no_default_with_a_type_or_without() -> None:
    assert all(map(is_null, ("NULL", "NULL::character varying", "null::timestamp without time zone")))
    assert not any(map(is_null, ("NULLIF(1, 2)", "'NULL'::text")))
