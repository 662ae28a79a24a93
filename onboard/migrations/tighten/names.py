"""Texts -> names for constraints and indexes: short enough for PostgreSQL, and not taken."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection

from anyascii import anyascii


def free_name(text: str, taken: Collection[str], *, length: int = 63) -> str:
    """Return the text, cut to so many bytes with a digest of the whole, or numbered where the name is taken."""
    number = 1
    while True:
        wanted = text if number == 1 else f"{text}_{number}"
        if len(wanted.encode()) > length:
            digest = hashlib.sha256(wanted.encode()).hexdigest()[:8]
            wanted = wanted.encode()[: length - 9].decode(errors="ignore") + f"_{digest}"
        if wanted not in taken:
            return wanted
        number += 1


def words(*texts: str) -> str:
    """Return texts as lower-case ASCII words with underscores between: part of a migration's name."""
    found = re.sub(r"[^a-z0-9]+", "_", anyascii("_".join(texts)).lower()).strip("_")
    return found[:60].strip("_") or "table"
