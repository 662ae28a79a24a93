"""A connection of the project -> the Catalog of the database behind it, read as the scan read it."""

from __future__ import annotations

from typing import Any

from onboard.catalog.dsn import dsn_from_settings
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection, Snapshot
from onboard.catalog.structure import Catalog, TableKind

_HIDDEN_UNLESS_ASKED = (TableKind.PARTITION, TableKind.CHILD)


def live_snapshot(settings: dict[str, Any], recorded: Catalog) -> Snapshot:  # Any: an entry of DATABASES
    """Return what the database holds now of the schemas and kinds that were scanned; NothingDone where it cannot."""
    selection = Selection(
        schemas=recorded.schemas if recorded.engine == "postgresql" else (),
        views=True,
        partitions=any(table.kind in _HIDDEN_UNLESS_ASKED for table in recorded.tables),
    )
    return read_snapshot(dsn_from_settings(settings), selection)
