"""A literal that a column is compared with -> the value as Django's field of that column takes it."""

from __future__ import annotations

import datetime
from decimal import Decimal

from onboard.catalog.structure import Column, TypeKind
from onboard.passes.python_values import python_value
from onboard.passes.sql_literals import date_default, moment_default
from onboard.passes.written import Written, literal

_WHOLE = ("int2", "int4", "int8", "integer", "int", "bigint", "smallint")
_NUMERIC = ("numeric", "decimal")
_TEXTS = ("text", "varchar", "bpchar")
_MOMENTS = {"date": date_default, "timestamp": moment_default, "timestamptz": moment_default}


def column_value(text: str, column: Column, *, is_text: bool) -> Written | None:
    """Return the value, or None where the field would write it back otherwise; `is_text` says it stood in quotes."""
    type_ = column.type
    if type_.kind is TypeKind.ENUM or (type_.kind is TypeKind.BASE and type_.name in _TEXTS):
        return literal(text) if is_text else None
    if type_.kind is not TypeKind.BASE:
        return None
    if type_.name in (*_WHOLE, *_NUMERIC):
        number = _number(text, has_fraction=type_.name in _NUMERIC)
        return literal(number) if number is not None else None
    # SQLite keeps moments as texts of many forms.
    is_moment = is_text and type_.schema == "pg_catalog" and type_.name in _MOMENTS
    return _moment(text, type_.name) if is_moment and "'" not in text else None


def _number(text: str, *, has_fraction: bool) -> int | Decimal | None:
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    if digits.isdigit():
        return int(sign + digits)
    return Decimal(sign + digits) if has_fraction and digits.replace(".", "", 1).isdigit() else None


def _moment(text: str, type_: str) -> Written | None:
    moment = _MOMENTS[type_](f"'{text}'")
    is_zoned = isinstance(moment, datetime.datetime) and moment.tzinfo is not None
    return python_value(moment) if moment is not None and is_zoned is (type_ == "timestamptz") else None
