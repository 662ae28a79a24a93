"""A type modifier (`atttypmod`) -> length, precision, scale, interval fields.

Source of truth: the `typmodout` functions of PostgreSQL (`varchar.c`, `numeric.c`, `timestamp.c`, `varbit.c`).
"""

from __future__ import annotations

from dataclasses import dataclass

_HEADER = 4  # VARHDRSZ: lengths and numeric modifiers are stored with it
_FULL_PRECISION = 0xFFFF  # an interval's "no precision given"
_FULL_RANGE = 0x7FFF

# Bits of an interval's range (`INTERVAL_MASK` over the field numbers of `datetime.h`).
_YEAR, _MONTH, _DAY, _HOUR, _MINUTE, _SECOND = (1 << bit for bit in (2, 1, 3, 10, 11, 12))
_FIELDS = {
    _YEAR: "year",
    _MONTH: "month",
    _DAY: "day",
    _HOUR: "hour",
    _MINUTE: "minute",
    _SECOND: "second",
    _YEAR | _MONTH: "year to month",
    _DAY | _HOUR: "day to hour",
    _DAY | _HOUR | _MINUTE: "day to minute",
    _DAY | _HOUR | _MINUTE | _SECOND: "day to second",
    _HOUR | _MINUTE: "hour to minute",
    _HOUR | _MINUTE | _SECOND: "hour to second",
    _MINUTE | _SECOND: "minute to second",
}


@dataclass(frozen=True, slots=True)
class ModifierFacts:
    """What a modifier says about a type of `pg_catalog`."""

    max_length: int | None = None
    precision: int | None = None
    scale: int | None = None
    fields: str = ""


_NOTHING = ModifierFacts()


def modifier_facts(schema: str, name: str, modifier: int) -> ModifierFacts:
    """Return what the modifier says of a type of `pg_catalog`; of any other it says nothing we can read."""
    if modifier < 0 or schema != "pg_catalog":
        return _NOTHING
    match name:
        case "varchar" | "bpchar":
            return ModifierFacts(max_length=modifier - _HEADER)
        case "bit" | "varbit":
            return ModifierFacts(max_length=modifier)
        case "numeric":
            return _numeric(modifier - _HEADER)
        case "time" | "timetz" | "timestamp" | "timestamptz":
            return ModifierFacts(precision=modifier)
        case "interval":
            return _interval(modifier)
    return _NOTHING


def _numeric(packed: int) -> ModifierFacts:
    scale = packed & 0x7FF
    # Since version 15 a scale may be negative: eleven bits in two's complement.
    return ModifierFacts(precision=packed >> 16 & 0xFFFF, scale=(scale ^ 1024) - 1024)


def _interval(packed: int) -> ModifierFacts:
    precision, fields = packed & 0xFFFF, packed >> 16 & _FULL_RANGE
    return ModifierFacts(
        precision=None if precision == _FULL_PRECISION else precision,
        fields="" if fields == _FULL_RANGE else _FIELDS.get(fields, ""),
    )
