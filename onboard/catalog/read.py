"""Dsn + Selection -> Snapshot, Dsn + Catalog -> Ddl, by whichever engine the DSN names."""

from __future__ import annotations

from onboard.catalog.ddl import Ddl
from onboard.catalog.dsn import Dsn
from onboard.catalog.engine import Engine, engines
from onboard.catalog.snapshot import Selection, Snapshot
from onboard.catalog.structure import Catalog
from onboard.errors import BadInput


def read_snapshot(dsn: Dsn, selection: Selection) -> Snapshot:
    """Return the structure of the selected relations at one instant.

    NothingDone where the database cannot be reached or read, BadInput for a schema that does not exist.
    Reads the catalogue alone: at most ten statements on PostgreSQL, whatever the number of tables.
    """
    return _engine(dsn).read(dsn, selection)


def read_ddl(dsn: Dsn, catalog: Catalog) -> Ddl:
    """Return the database's own statements for the scanned relations, and for what hangs on them.

    NothingDone where the database cannot be reached, or where there is no pg_dump that reads it.
    """
    return _engine(dsn).ddl(dsn, catalog)


def _engine(dsn: Dsn) -> Engine:
    for engine in engines():
        if engine.name == dsn.engine:
            return engine
    raise BadInput(f"Databases of the kind `{dsn.engine}` are not supported yet.")
