"""A default in SQL -> what `db_default` says: a Python value, a function of Django's, or the server's own words."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from onboard.passes.python_values import python_value
from onboard.passes.sql_literals import (
    Default,
    array_default,
    boolean_default,
    bytes_default,
    date_default,
    decimal_default,
    float_default,
    interval_default,
    json_default,
    moment_default,
    text_default,
    time_default,
    uuid_default,
    whole_default,
)
from onboard.passes.sql_text import raw_sql
from onboard.passes.written import Written, call, code, imported, listed

_MOMENTS = ("DateTimeField", "NaiveDateTimeField", "TypedDateTimeField")
_READERS: Mapping[str, Callable[[str], Default | None]] = {
    **dict.fromkeys(("SmallIntegerField", "IntegerField", "BigIntegerField", "TypedIntegerField"), whole_default),
    **dict.fromkeys(("DecimalField", "TypedDecimalField"), decimal_default),
    **dict.fromkeys(("FloatField", "TypedFloatField"), float_default),
    **dict.fromkeys(("CharField", "TextField", "TypedCharField", "TypedTextField", "PaddedCharField"), text_default),
    **dict.fromkeys(("BooleanField", "TypedBooleanField"), boolean_default),
    **dict.fromkeys(("JSONField", "PlainJSONField"), json_default),
    **dict.fromkeys(("DateField", "TypedDateField"), date_default),
    **dict.fromkeys(("TimeField", "TypedTimeField"), time_default),
    **dict.fromkeys(_MOMENTS, moment_default),
    **dict.fromkeys(("DurationField", "TypedDurationField"), interval_default),
    **dict.fromkeys(("UUIDField", "TypedUUIDField"), uuid_default),
    **dict.fromkeys(("BinaryField", "TypedBinaryField"), bytes_default),
}
_ARRAYS = ("ArrayField", "TextArrayField")
_ITEMS = {
    **dict.fromkeys(("CharField", "TextField", "TypedCharField", "TypedTextField"), str),
    **dict.fromkeys(("SmallIntegerField", "IntegerField", "BigIntegerField"), int),
}
Members = Mapping[str | int, Written]  # value -> the member of a choices class that it is
_FUNCTIONS = "django.contrib.postgres.functions"


def function_default(sql: str, function: Written) -> Written | None:
    """Return the function of Django's for PostgreSQL that this default is, if any."""
    name = code(function.node).removeprefix("models.")
    # Not Now(): on PostgreSQL that is the time of the statement; these are the time of the transaction.
    if name in _MOMENTS and sql in ("now()", "CURRENT_TIMESTAMP"):
        return call(imported(_FUNCTIONS, "TransactionNow"), ())
    if name == "UUIDField" and sql == "gen_random_uuid()":
        return call(imported(_FUNCTIONS, "RandomUUID"), ())
    return None


def written_default(sql: str, function: Written, first: Written | None, members: Members | None = None) -> Written:
    """Return the default of a field of that class.

    `first` is its first argument, an array's element; `members` is the choices class that the values are of, if any.
    """
    name = code(function.node).removeprefix("models.")
    value = _array(sql, first) if name in _ARRAYS else _READERS.get(name, _no_value)(sql)
    # One without a zone is what the column holds, or Django would take it for one of its own zone.
    is_naive = isinstance(value, datetime.datetime) and value.tzinfo is None and name != "NaiveDateTimeField"
    return raw_sql(sql) if value is None or is_naive else _value(value, members)


def _array(sql: str, element: Written | None) -> Default | None:
    name = code(element.node).partition("(")[0].removeprefix("models.") if element is not None else ""
    return array_default(sql, _ITEMS[name]) if name in _ITEMS else None


def _no_value(sql: str) -> None:
    return None


def _value(value: Default, members: Members | None) -> Written:
    if isinstance(value, str | int) and members is not None and value in members:
        return members[value]
    if isinstance(value, list) and members is not None and all(item in members for item in value):
        return listed(members[str(item)] for item in value)
    return python_value(value)
