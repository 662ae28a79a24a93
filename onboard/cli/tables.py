"""Finds the table that a person means: `table` or `schema.table`, as the database spells it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from onboard.errors import BadInput

if TYPE_CHECKING:
    from onboard.catalog.structure import Catalog, TableName


def table_named(catalog: Catalog, text: str) -> TableName:
    """Return the scanned table of that name; BadInput with the candidates where none or several have it."""
    names = [table.name for table in catalog.tables]
    exact = [name for name in names if str(name) == text]
    found = exact or [name for name in names if name.name == text]
    if len(found) == 1:
        return found[0]
    if found:
        candidates = ", ".join(f"`{name}`" for name in found)
        raise BadInput(f"`{text}` is the name of several tables: {candidates}.", remedy="Name one with its schema.")
    raise BadInput(f"No table `{text}` has been scanned.{_nearest(text, names)}", remedy=_HOW)


_HOW = "Tables are spelled as the database spells them; `onboard status` lists them, `onboard scan` reads new ones."


def _nearest(text: str, names: list[TableName]) -> str:
    spelled = {name.name: name for name in names} | {str(name): name for name in names}
    near = difflib.get_close_matches(text, spelled, n=3, cutoff=0.6)
    unique = dict.fromkeys(str(spelled[one]) for one in near)
    return f" Near to it: {', '.join(f'`{name}`' for name in unique)}." if unique else ""
