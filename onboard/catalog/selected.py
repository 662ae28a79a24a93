"""Which relations a Selection's globs take."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import translate

from onboard.catalog.snapshot import Selection


def is_selected(selection: Selection) -> Callable[[str, str], bool]:
    """Return a test of (schema, table): matched by `tables`, if any are given, and by none of `exclude`."""
    taken = _matches(selection.tables) if selection.tables else lambda schema, table: True
    dropped = _matches(selection.exclude)
    return lambda schema, table: taken(schema, table) and not dropped(schema, table)


def _matches(globs: tuple[str, ...]) -> Callable[[str, str], bool]:
    """Return whether any glob matches `table` or `schema.table`."""
    if not globs:
        return lambda schema, table: False
    # `\Z` ends each translated glob, so a newline inside a name stays part of the name.
    pattern = re.compile("|".join(translate(glob) for glob in globs))
    return lambda schema, table: bool(pattern.match(table) or pattern.match(f"{schema}.{table}"))
