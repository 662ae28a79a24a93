"""Dsn + Selection -> Snapshot, by whichever engine the DSN names."""

from __future__ import annotations

from onboard.catalog.dsn import Dsn
from onboard.catalog.engine import engines
from onboard.catalog.snapshot import Selection, Snapshot
from onboard.errors import BadInput


def read_snapshot(dsn: Dsn, selection: Selection) -> Snapshot:
    """Return the structure of the selected relations at one instant.

    NothingDone where the database cannot be reached or read, BadInput for a schema that does not exist.
    Reads the catalogue alone: at most ten statements on PostgreSQL, whatever the number of tables.
    """
    for engine in engines():
        if engine.name == dsn.engine:
            return engine.read(dsn, selection)
    raise BadInput(f"Databases of the kind `{dsn.engine}` are not supported yet.")
