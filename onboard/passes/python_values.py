"""Values that Python has types for -> the expressions that make them, with their imports."""

from __future__ import annotations

import datetime
from uuid import UUID

from onboard.passes.sql_literals import Default
from onboard.passes.written import Written, argument, attribute, call, imported, literal, parsed


def python_value(value: Default) -> Written:
    """Return the expression; that of a moment says its time zone where it has one, which is UTC."""
    if isinstance(value, datetime.datetime):
        return _moment(value)
    if isinstance(value, datetime.date):
        return _called("date", value.year, value.month, value.day)
    if isinstance(value, datetime.time):
        return _called("time", *_clock(value))
    if isinstance(value, datetime.timedelta):
        return _interval(value)
    if isinstance(value, UUID):
        return call(imported("uuid", "UUID"), (argument(None, str(value)),))
    if isinstance(value, list | dict | float | bytes):
        return Written(parsed(repr(value)))
    return literal(value)


def _moment(value: datetime.datetime) -> Written:
    clock = _clock(value.time()) if value.time() != datetime.time() else ()
    parts = (value.year, value.month, value.day, *clock)
    zone = attribute(imported("datetime", "timezone"), "utc")
    zoned = (argument("tzinfo", zone),) if value.tzinfo is not None else ()
    return call(imported("datetime", "datetime"), (*(argument(None, part) for part in parts), *zoned))


def _clock(value: datetime.time) -> tuple[int, ...]:
    """The parts of a time, without those at the end that are nought; hours and minutes are always said."""
    parts = (value.hour, value.minute, value.second, value.microsecond)
    return parts if parts[3] else parts[:3] if parts[2] else parts[:2]


def _interval(value: datetime.timedelta) -> Written:
    """The interval in the largest unit that says it whole."""
    units = {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
    if value.microseconds:
        given = {"days": value.days, "seconds": value.seconds, "microseconds": value.microseconds}
        said = {name: number for name, number in given.items() if number}
    else:
        total = value.days * 86_400 + value.seconds
        name = next(name for name, size in units.items() if total % size == 0)
        said = {name: total // units[name]}
    return call(imported("datetime", "timedelta"), (argument(name, number) for name, number in said.items()))


def _called(name: str, *parts: int) -> Written:
    return call(imported("datetime", name), (argument(None, part) for part in parts))
