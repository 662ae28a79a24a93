"""Whether the type a model would write and the type a column has are the same.

Spellings are brought to one form on both sides (`varchar(9)` is `character varying(9)`, `timestamptz` is
`timestamp with time zone`). SQLite's declared types count by affinity and length, since nothing else acts there;
a field without a type takes any.
Source: PostgreSQL's `format_type`, SQLite's "Determination Of Column Affinity".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onboard.catalog.structure import ColumnType, TypeKind

_SHAPE = re.compile(r"^(?P<head>[^(\[]*)(?:\((?P<modifier>[^)]*)\))?(?P<tail>[^\[]*)(?P<array>(?:\[\d*\])*)$")
_ALIASES = {
    "bool": "boolean",
    "int": "integer",
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "serial": "integer",
    "smallserial": "smallint",
    "bigserial": "bigint",
    "float4": "real",
    "float8": "double precision",
    "float": "double precision",
    "decimal": "numeric",
    "varchar": "character varying",
    "char": "character",
    "bpchar": "character",
    "varbit": "bit varying",
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
    "time": "time without time zone",
    "timetz": "time with time zone",
}
_NUMBERS = ("NUM", "DEC", "BOOL", "DATE", "TIME", "MONEY", "CURRENCY", "BIT")  # of SQLite's declared types
_MICROSECONDS = ("timestamp", "time", "interval")  # their precision is 6 where none is given
_ONE = ("character", "bit")  # their length is 1 where none is given


@dataclass(frozen=True, slots=True)
class _Spelled:
    schema: str
    name: str
    modifier: str
    dimensions: int


def types_agree(engine: str, claimed: str, actual: ColumnType) -> bool:
    """Whether a column of `actual` type is what a model claims; a domain also agrees as what it stands on."""
    if engine == "sqlite":
        if not claimed or _is_unknown(actual.sql):
            return True
        return _affinity(claimed) == _affinity(actual.sql) and _lengths_agree(claimed, actual.sql)
    if _same(_spelled(claimed), _spelled(actual.sql)):
        return True
    if actual.kind is TypeKind.DOMAIN and actual.base is not None:
        return types_agree(engine, claimed, actual.base)
    return False


def families_agree(engine: str, claimed: str, actual: ColumnType) -> bool:
    """Whether a relation may join the two types: any two numbers, texts or times, else the same; on SQLite, any two."""
    if engine == "sqlite":
        return True
    while actual.kind is TypeKind.DOMAIN and actual.base is not None and not types_agree(engine, claimed, actual):
        actual = actual.base
    names = (_spelled(claimed).name, _spelled(actual.sql).name)
    return types_agree(engine, claimed, actual) or any(set(names) <= family for family in _FAMILIES)


_FAMILIES = (
    {"smallint", "integer", "bigint", "numeric", "real", "double precision", "oid"},
    {"character varying", "character", "text", "citext", "name"},
    {"date", "timestamp without time zone", "timestamp with time zone"},
)


def _spelled(text: str) -> _Spelled:
    plain = " ".join(text.replace('"', "").lower().split())
    match = _SHAPE.match(plain)
    if match is None:
        return _Spelled("", plain, "", 0)
    schema, _, name = " ".join((match["head"] + " " + match["tail"]).split()).rpartition(".")
    if schema in ("pg_catalog", ""):
        schema, name = "", _ALIASES.get(name, name)
    return _Spelled(schema, name, _modifier(name, match["modifier"]), min(match["array"].count("["), 1))


def _modifier(name: str, text: str | None) -> str:
    modifier = (text or "").replace(" ", "")
    if name.startswith(_MICROSECONDS):
        return "" if modifier == "6" else modifier
    if name in _ONE:
        return modifier or "1"
    if name == "numeric" and modifier.isdigit():
        return f"{modifier},0"
    return modifier


def _same(one: _Spelled, other: _Spelled) -> bool:
    schemas_agree = not one.schema or not other.schema or one.schema == other.schema
    return schemas_agree and (one.name, one.modifier, one.dimensions) == (other.name, other.modifier, other.dimensions)


def _affinity(declared: str) -> str:
    text = declared.upper()
    if "INT" in text:
        return "integer"
    if any(part in text for part in ("CHAR", "CLOB", "TEXT")):
        return "text"
    if "BLOB" in text or not text:
        return "blob"
    if any(part in text for part in ("REAL", "FLOA", "DOUB")):
        return "real"
    return "numeric"


def _is_unknown(declared: str) -> bool:
    """Whether SQLite takes the column for numbers only because it knows no such type: `json`, `uuid`, `string`."""
    text = declared.upper()
    return _affinity(declared) == "numeric" and not any(word in text for word in _NUMBERS)


def _lengths_agree(claimed: str, declared: str) -> bool:
    both = [re.search(r"CHAR[^(]*\((\d+)\)", text.upper()) for text in (claimed, declared)]
    lengths = [match[1] for match in both if match]
    return len(lengths) < 2 or lengths[0] == lengths[1]
