"""A default in SQL -> the Python literal it is, if it is one."""

from __future__ import annotations

import re
from decimal import Decimal

from onboard.passes.written import Literal

_CAST = r"(?:::[\w .\"\[\]()]+)?"
_TEXT = re.compile(rf"'((?:[^'\\]|'')*)'{_CAST}\Z")
_QUOTED_NUMBER = re.compile(rf"'(-?\d+(?:\.\d+)?)'{_CAST}\Z")
_NUMBER = re.compile(rf"\(?(-?\d+(?:\.\d+)?)\)?{_CAST}\Z")


def literal_default(sql: str, kinds: tuple[type, ...], *, is_decimal: bool = False) -> Literal:
    """Return the literal, or None where the default is an expression or not of one of these kinds."""
    if bool in kinds:
        return {"true": True, "false": False}.get(sql.strip().lower())
    if str in kinds:
        found = _TEXT.match(sql)
        return found[1].replace("''", "'") if found else None
    if int in kinds and (found := _NUMBER.match(sql) or _QUOTED_NUMBER.match(sql)):
        if "." not in found[1]:
            return int(found[1])
        return Decimal(found[1]) if is_decimal else None
    return None
