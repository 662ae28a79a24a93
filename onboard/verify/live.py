"""A database + the recorded scan -> its Catalog now, read as the scan read it."""

from __future__ import annotations

from onboard.catalog.dsn import Dsn
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection, Snapshot
from onboard.catalog.structure import Catalog, TableKind

_HIDDEN_UNLESS_ASKED = (TableKind.PARTITION, TableKind.CHILD)


def live_snapshot(dsn: Dsn, recorded: Catalog) -> Snapshot:
    """Return what the database holds now of the schemas and kinds that were scanned; NothingDone where it cannot."""
    selection = Selection(
        schemas=recorded.schemas if recorded.engine == "postgresql" else (),
        views=True,
        partitions=any(table.kind in _HIDDEN_UNLESS_ASKED for table in recorded.tables),
    )
    return read_snapshot(dsn, selection)
