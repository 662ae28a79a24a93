"""SQLite's declared types: the spellings people use, then SQLite's own rules of affinity.

Source of truth: https://www.sqlite.org/datatype3.html, section 3.
"""

from __future__ import annotations

import re

from onboard.catalog.structure import ColumnType
from onboard.passes.family import Family, FieldType, Kit

_ALIASES = {
    "bool": "BooleanField",
    "boolean": "BooleanField",
    "bit": "BooleanField",
    "tinyint": "SmallIntegerField",
    "smallint": "SmallIntegerField",
    "smallinteger": "SmallIntegerField",
    "int2": "SmallIntegerField",
    "smallint unsigned": "PositiveSmallIntegerField",
    "integer unsigned": "PositiveIntegerField",
    "int unsigned": "PositiveIntegerField",
    "bigint": "BigIntegerField",
    "year": "SmallIntegerField",
    "serial": "IntegerField",
    "bigserial": "BigIntegerField",
    "int8": "BigIntegerField",
    "bigint unsigned": "PositiveBigIntegerField",
    "unsigned big int": "PositiveBigIntegerField",
    "date": "DateField",
    "time": "TimeField",
    "datetime": "DateTimeField",
    "timestamp": "DateTimeField",
    "timestamp with time zone": "DateTimeField",
    "timestamptz": "DateTimeField",
    "json": "JSONField",
    "jsonb": "JSONField",
}
# SQLite gives INTEGER affinity to every name with `int` in it, `point` and `interval` too; their values are others.
_WHOLE = re.compile(r"(?:\b|big|medium|small|tiny|signed|u)int(?:eger)?\d*(?![\w\[])")
_TEXTS = ("char", "clob", "text")
_DECIMALS = ("decimal", "numeric", "dec", "number", "money", "smallmoney", "currency")


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    name = type_.name
    if name in _ALIASES:
        return kit.models(_ALIASES[name])
    if name in _DECIMALS:
        return _decimal(type_, kit)
    if _WHOLE.search(name):
        return kit.models("IntegerField")
    if any(word in name for word in _TEXTS) or name in ("string", "uuid", "guid"):
        return _text(type_, kit)
    if "blob" in name or name in ("binary", "varbinary", "bytea", "image"):
        return kit.models("BinaryField")
    if any(word in name for word in ("real", "floa", "doub")):
        return kit.models("FloatField")
    if not name or name == "any":
        return kit.helper("AnyField")
    return kit.helper("AnyField")


def _decimal(type_: ColumnType, kit: Kit) -> FieldType:
    digits, places = type_.precision, type_.scale or 0
    if digits is not None and 0 <= places <= digits:
        return kit.models("DecimalField", max_digits=digits, decimal_places=places)
    return kit.helper("LooseDecimalField")


def _text(type_: ColumnType, kit: Kit) -> FieldType:
    length = type_.max_length or (type_.precision if "char" in type_.name else None)
    if length:
        return kit.models("CharField", max_length=length)
    return kit.models("TextField")


FAMILY = Family("sqlite", "declared types", _field)
