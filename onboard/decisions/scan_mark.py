"""The mark by which scan knows its own lines again: `use = true  # accepted, 0.97: ... [scan:3f9a]`.

The four digits are a check sum of everything the entry says. An entry that carries its own is as scan left it and
follows the evidence; one whose value, names or comment a person changed is the person's for good.
"""

from __future__ import annotations

import re
from hashlib import sha256

from onboard.decisions.statements import KeyEntry

_MARK = re.compile(r"\s*\[scan:([0-9a-f]{4})\]$")


def is_as_scanned(entry: KeyEntry) -> bool:
    """Whether scan wrote the entry and nobody changed it since."""
    found = _MARK.search(entry.comment)
    if found is None or not entry.is_plain:
        return False
    said = entry.comment[: found.start()].removeprefix("#").strip()
    return found[1] == _sum(*_parts(entry), said)


def was_scanned(entry: KeyEntry) -> bool:
    """Whether scan wrote the entry once, whatever was made of it."""
    return _MARK.search(entry.comment) is not None


def marked_use(entry: KeyEntry, said: str) -> str:
    """Return the line `use = ...` for an entry, with what scan has to say and its mark."""
    value = "true" if entry.use else "false"
    return f"use = {value:5}  # {said} [scan:{_sum(*_parts(entry), said)}]"


def marked(line: str, said: str) -> str:
    """Return any other line that scan writes, with its comment and its mark."""
    return f"{line}  # {said} [scan:{_sum(line, said)}]"


def is_marked(line: str) -> bool:
    """Whether scan wrote this line and nobody changed it since."""
    found = _MARK.search(line.rstrip())
    if found is None:
        return False
    body, separator, said = line.rstrip()[: found.start()].rpartition("  # ")
    return bool(separator) and found[1] == _sum(body, said)


def marked_with(line: str, said: str, *context: str) -> str:
    """Return the last line of a section, with a mark that vouches for its other lines too."""
    return f"{line}  # {said} [scan:{_sum(*context, line, said)}]"


def is_marked_with(line: str, *context: str) -> bool:
    """Whether scan wrote this line and the others of its section, and nobody changed them since."""
    found = _MARK.search(line.rstrip())
    if found is None:
        return False
    body, separator, said = line.rstrip()[: found.start()].rpartition("  # ")
    return bool(separator) and found[1] == _sum(*context, body, said)


def _parts(entry: KeyEntry) -> tuple[str, ...]:
    return entry.kind, entry.table, *entry.columns, entry.references, str(entry.use)


def _sum(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:4]
