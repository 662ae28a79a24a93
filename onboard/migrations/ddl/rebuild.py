"""Catalog -> Statements for the engine it was scanned on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from onboard.catalog.structure import Catalog
from onboard.migrations.ddl.postgresql import postgresql_statements
from onboard.migrations.ddl.sqlite import sqlite_statements
from onboard.migrations.ddl.statements import Statements

_ENGINES: Mapping[str, Callable[[Catalog], Statements]] = {
    "postgresql": postgresql_statements,
    "sqlite": sqlite_statements,
}


def rebuild(catalog: Catalog) -> Statements:
    """Return the statements that rebuild the Catalog on its own engine."""
    return _ENGINES[catalog.engine](catalog)
