"""How a model's `db_table` names its table: plain, or quoted with its schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from onboard.catalog.structure import Catalog, TableName
from onboard.decisions.django_names import django_name, qualified_django_name


def db_tables(catalog: Catalog, *, qualify: bool) -> Mapping[TableName, str]:
    """Return `db_table` of every table, in Python's text, not yet quoted for Python."""
    if catalog.engine != "postgresql":
        return {table.name: django_name(table.name.name) for table in catalog.tables}
    found = Counter(table.name.name for table in catalog.tables)
    for left_out in {left_out.name for left_out in catalog.left_out} - {table.name for table in catalog.tables}:
        found[left_out.name] += 1  # it is not a model, but the search path would find it
    return {
        table.name: _quoted(table.name) if qualify or found[table.name.name] > 1 else _reachable(table.name)
        for table in catalog.tables
    }


def search_path(catalog: Catalog, *, django_schema: str) -> tuple[str, ...]:
    """Return the schemas that the settings put on the search path: Django's own first, each once."""
    if catalog.engine != "postgresql":
        return ()
    schemas = (*catalog.schemas, *sorted({table.name.schema for table in catalog.tables}))
    return tuple(dict.fromkeys((django_schema, *schemas)))


def _reachable(name: TableName) -> str:
    # pg_catalog is looked through before the search path, and holds more names that begin so with every version.
    return _quoted(name) if name.name.startswith("pg_") else django_name(name.name)


def _quoted(name: TableName) -> str:
    return qualified_django_name(name.schema, name.name)
