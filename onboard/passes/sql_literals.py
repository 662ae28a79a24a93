"""A default in SQL -> the Python value it is, if it is one that Django's field writes back as the same default."""

from __future__ import annotations

import datetime
import json
import re
from decimal import Decimal
from uuid import UUID

_CAST = r"(?:::[\w .\"\[\]()]+)?"
_TEXT = re.compile(rf"'((?:[^'\\]|'')*)'{_CAST}\Z")
_BYTES = re.compile(r"'\\x((?:[0-9a-f]{2})*)'::bytea\Z")
_INTERVAL = re.compile(r"(?:(-?\d+) days?)?(?: ?(-?)(\d+):(\d\d):(\d\d)(?:\.(\d{1,6}))?)?\Z")
_QUOTED_NUMBER = re.compile(rf"'(-?\d+(?:\.\d+)?)'{_CAST}\Z")
_NUMBER = re.compile(rf"\(?(-?\d+(?:\.\d+)?)\)?{_CAST}\Z")
_NULL = re.compile(rf"null{_CAST}\Z", re.IGNORECASE)
# One item of an array, quoted or plain, and what follows it.
_ITEM = re.compile(r'(?:"((?:[^"\\]|\\["\\])*)"|([^\s",{}\\]+))(?:,(?=.)|\Z)')

Moment = datetime.date | datetime.time | datetime.timedelta  # a datetime is a date
# What a default may be; the lists and dictionaries are JSON's.
Default = str | int | float | bool | bytes | Decimal | Moment | UUID | list["Default"] | dict[str, "Default"]


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
    """Return the items of an array literal of one dimension, of texts or whole numbers."""
    text = text_default(sql) if "\\" not in sql else None
    if text is None or not (text.startswith("{") and text.endswith("}")):
        return None
    items, inner, at = [], text[1:-1], 0
    while at < len(inner):
        found = _ITEM.match(inner, at)
        if found is None or (found[2] or "").lower() == "null":
            return None
        items.append(found[1] if found[1] is not None else found[2])
        at = found.end()
    if kind is str:
        return list(items)
    return [int(item) for item in items] if all(item.lstrip("-").isdecimal() for item in items) else None


def date_default(sql: str) -> datetime.date | None:
    """Return the date of a date literal."""
    text = text_default(sql)
    try:
        return datetime.date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None


def moment_default(sql: str) -> datetime.datetime | None:
    """Return the moment of a timestamp literal: with a time zone where it says one, which is UTC as it is scanned."""
    text = text_default(sql) or ""
    try:
        found = datetime.datetime.fromisoformat(text) if len(text) >= 19 else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo in (None, datetime.UTC) else None


def time_default(sql: str) -> datetime.time | None:
    """Return the time of a literal without time zone."""
    text = text_default(sql) or ""
    try:
        found = datetime.time.fromisoformat(text) if len(text) >= 8 else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo is None else None


def interval_default(sql: str) -> datetime.timedelta | None:
    """Return the interval, where it has neither months nor years, and no sign of its own after days."""
    text = text_default(sql) or ""
    found = _INTERVAL.match(text)
    if not text or found is None or (found[1] is not None and found[2]):
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.group(3, 4, 5))
    # Python has days alone: the server keeps 25 hours apart from a day and an hour.
    if hours > 23 or ((found[1] or "").startswith("-") and found[3]):
        return None
    micros = int((found[6] or "").ljust(6, "0"))
    clock = datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=micros)
    if found[2] and clock:
        return None
    return datetime.timedelta(days=int(found[1] or 0)) + clock


def uuid_default(sql: str) -> UUID | None:
    """Return the UUID of a literal, where it is written as Python writes it."""
    text = text_default(sql) or ""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


def bytes_default(sql: str) -> bytes | None:
    """Return the bytes of a literal in hexadecimal digits."""
    found = _BYTES.match(sql)
    return bytes.fromhex(found[1]) if found else None


def _refused(text: str) -> float:
    raise ValueError(text)
