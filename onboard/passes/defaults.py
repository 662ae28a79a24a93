"""A default in SQL -> what `db_default` says: a Python value, a function of Django's, or the server's own words."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from onboard.passes.sql_literals import (
    Default,
    array_default,
    boolean_default,
    date_default,
    decimal_default,
    float_default,
    json_default,
    text_default,
    whole_default,
)
from onboard.passes.sql_text import raw_sql
from onboard.passes.written import Written, argument, call, code, imported, literal, parsed

_READERS: Mapping[str, Callable[[str], Default | None]] = {
    **dict.fromkeys(("SmallIntegerField", "IntegerField", "BigIntegerField", "TypedIntegerField"), whole_default),
    **dict.fromkeys(("DecimalField", "TypedDecimalField"), decimal_default),
    **dict.fromkeys(("FloatField", "TypedFloatField"), float_default),
    **dict.fromkeys(("CharField", "TextField", "TypedCharField", "TypedTextField", "PaddedCharField"), text_default),
    **dict.fromkeys(("BooleanField", "TypedBooleanField"), boolean_default),
    **dict.fromkeys(("JSONField", "PlainJSONField"), json_default),
    "DateField": date_default,
}
_MOMENTS = ("DateTimeField", "NaiveDateTimeField", "TypedDateTimeField")
_ITEMS = {"CharField": str, "TextField": str, "SmallIntegerField": int, "IntegerField": int, "BigIntegerField": int}
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


def written_default(sql: str, function: Written, first: Written | None) -> Written:
    """Return the default of a field of that class; `first` is its first argument, an array's element."""
    name = code(function.node).removeprefix("models.")
    value = _array(sql, first) if name == "ArrayField" else _READERS.get(name, _no_value)(sql)
    return raw_sql(sql) if value is None else _value(value)


def _array(sql: str, element: Written | None) -> Default | None:
    name = code(element.node).partition("(")[0].removeprefix("models.") if element is not None else ""
    return array_default(sql, _ITEMS[name]) if name in _ITEMS else None


def _no_value(sql: str) -> None:
    return None


def _value(value: Default) -> Written:
    if isinstance(value, datetime.date):
        given = tuple(argument(None, part) for part in (value.year, value.month, value.day))
        return call(imported("datetime", "date"), given)
    if isinstance(value, list | dict | float):
        return Written(parsed(repr(value)))
    return literal(value)
