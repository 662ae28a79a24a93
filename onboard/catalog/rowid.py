"""What SQLite calls the address of a row in a table whose own columns may have taken the usual name.

Source of truth: https://www.sqlite.org/lang_createtable.html#rowid
"""

from __future__ import annotations

from onboard.catalog.structure import Table


def rowid_name(table: Table) -> str | None:
    """Return the first of SQLite's names for it that no column has; None where columns have them all."""
    taken = {column.name.lower() for column in table.columns}
    return next((name for name in ("rowid", "_rowid_", "oid") if name not in taken), None)
