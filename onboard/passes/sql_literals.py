"""A default in SQL -> the Python value it is, if it is one that Django's field writes back as the same default."""

from __future__ import annotations

import datetime
import json
import re
from decimal import Decimal

_CAST = r"(?:::[\w .\"\[\]()]+)?"
_TEXT = re.compile(rf"'((?:[^'\\]|'')*)'{_CAST}\Z")
_QUOTED_NUMBER = re.compile(rf"'(-?\d+(?:\.\d+)?)'{_CAST}\Z")
_NUMBER = re.compile(rf"\(?(-?\d+(?:\.\d+)?)\)?{_CAST}\Z")
_NULL = re.compile(rf"null{_CAST}\Z", re.IGNORECASE)
_ITEM = re.compile(r"[\w.@/:+-]+\Z", re.ASCII)

# What a default may be; the lists and dictionaries are JSON's.
Default = str | int | float | bool | Decimal | datetime.date | list["Default"] | dict[str, "Default"]


def is_null(sql: str) -> bool:
    """Whether it is NULL, with or without a type: what a column has anyway."""
    return _NULL.match(sql.strip()) is not None


def text_default(sql: str) -> str | None:
    """Return the text of a text literal."""
    found = _TEXT.match(sql)
    return found[1].replace("''", "'") if found else None


def boolean_default(sql: str) -> bool | None:
    """Return true or false."""
    return {"true": True, "false": False}.get(sql.strip().lower().removesuffix("::boolean").strip("'"))


def whole_default(sql: str) -> int | None:
    """Return the number, where it has no fraction."""
    found = _NUMBER.match(sql) or _QUOTED_NUMBER.match(sql)
    return int(found[1]) if found and "." not in found[1] else None


def decimal_default(sql: str) -> int | Decimal | None:
    """Return the number, with the digits it is written with."""
    found = _NUMBER.match(sql) or _QUOTED_NUMBER.match(sql)
    if found is None:
        return None
    return Decimal(found[1]) if "." in found[1] else int(found[1])


def float_default(sql: str) -> int | float | None:
    """Return the number, where Python writes it as the server does."""
    found = _NUMBER.match(sql) or _QUOTED_NUMBER.match(sql)
    if found is None or "." not in found[1]:
        return int(found[1]) if found else None
    return float(found[1]) if str(float(found[1])) == found[1] else None


def json_default(sql: str) -> Default | None:
    """Return the value of a JSON literal; one with fractions, whose digits Python may change, is left alone."""
    text = text_default(sql)
    try:
        value: Default | None = json.loads(text, parse_float=_refused) if text is not None else None
    except (ValueError, RecursionError):
        return None
    is_same = text is not None and len(text) < 400 and json.dumps(value, ensure_ascii=False) == text
    return value if is_same else None


def array_default(sql: str, kind: type) -> list[Default] | None:
    """Return the items of a plain array literal of texts or whole numbers."""
    text = text_default(sql)
    if text is None or not (text.startswith("{") and text.endswith("}")):
        return None
    items = text[1:-1].split(",") if text != "{}" else []
    if not all(_ITEM.match(item) and item.lower() != "null" for item in items):
        return None
    if kind is str:
        return list(items)
    return [int(item) for item in items] if all(item.lstrip("-").isdigit() for item in items) else None


def date_default(sql: str) -> datetime.date | None:
    """Return the date of a date literal."""
    text = text_default(sql)
    try:
        return datetime.date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None


def _refused(text: str) -> float:
    raise ValueError(text)
