"""Catalog -> the statements that make its schemas and extensions, where they are not there yet."""

from __future__ import annotations

from onboard.catalog.structure import Catalog
from onboard.migrations.ddl.quoting import identifier


def schema_statements(catalog: Catalog) -> tuple[str, ...]:
    """Return one statement for each schema that something of the Catalog lies in."""
    named = (catalog.tables, catalog.types, catalog.sequences, catalog.functions)
    used = {thing.name.schema for things in named for thing in things}
    used |= {extension.schema for extension in catalog.extensions}
    used |= {part.name.schema for table in catalog.tables for part in table.partitions}
    return tuple(f"create schema if not exists {identifier(schema)}" for schema in sorted(used - {"pg_catalog"}))


def extension_statements(catalog: Catalog) -> tuple[str, ...]:
    """Return one statement for each extension; `cascade` brings those it needs itself."""
    return tuple(_extension(extension.name, extension.schema) for extension in catalog.extensions)


def _extension(name: str, schema: str) -> str:
    # An extension of pg_catalog (plpgsql) lies there by its own word, and says no to any other.
    place = "" if schema == "pg_catalog" else f" with schema {identifier(schema)}"
    return f"create extension if not exists {identifier(name)}{place} cascade"
