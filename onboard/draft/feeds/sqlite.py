"""Sheets -> what Django's SQLite introspection would have read from the file."""

from __future__ import annotations

from collections.abc import Mapping

import django.db.backends.sqlite3.base  # noqa: F401  its own parts cannot be imported before it
from django.db.backends.base.introspection import TableInfo
from django.db.backends.sqlite3.features import DatabaseFeatures
from django.db.backends.sqlite3.introspection import DatabaseIntrospection, FieldInfo, get_field_size

from onboard.draft.feed import Feed, Relation, StandIn, constraints, relations
from onboard.draft.sheet import Sheet


class _Definition:
    """A cursor that answers every question with the table's SQL, for Django's own reading of collations in it."""

    def __init__(self, definition: str) -> None:
        self._definition = definition

    def execute(self, sql: str, parameters: object) -> _Definition:
        """Take the one question that is asked."""
        return self

    def fetchone(self) -> tuple[str]:
        """Return the definition."""
        return (self._definition,)


class _Introspection(DatabaseIntrospection):
    """Django's own mapping of declared types, over sheets instead of a file."""

    def __init__(self, connection: StandIn, sheets: Mapping[str, Sheet]) -> None:
        super().__init__(connection)  # type: ignore[arg-type]  # a stand-in: no method that is left reads from it
        self._sheets = sheets

    def get_table_list(self, cursor: object) -> list[TableInfo]:
        return [TableInfo(sheet.label, "t") for sheet in self._sheets.values()]

    def get_table_description(self, cursor: object, table_name: str) -> list[FieldInfo]:
        sheet = self._sheets[table_name]
        words = sheet.table.definition.lower()
        collations: Mapping[str, str | None] = {}
        if sheet.is_plain:
            collations = self._get_column_collations(  # type: ignore[attr-defined]  # private, and not in the stubs
                _Definition(sheet.table.definition), table_name
            )
        key = sheet.primary_key[0] if len(sheet.primary_key) == 1 else None
        return [
            FieldInfo(
                label,
                column.type.sql,  # type: ignore[arg-type]  # SQLite's type codes are the declared types
                get_field_size(column.type.sql),
                None,
                None,
                None,
                column.is_nullable,
                column.default,
                collations.get(label),
                label == key,
                f'json_valid("{column.name.lower()}")' in words,
            )
            for label, column in sheet.columns
        ]

    def get_relations(self, cursor: object, table_name: str) -> dict[str, Relation]:  # type: ignore[override]
        return relations(self._sheets[table_name])

    def get_constraints(self, cursor: object, table_name: str) -> dict[str, dict[str, object]]:  # type: ignore[override]
        sheet = self._sheets[table_name]
        if not sheet.is_plain:
            return constraints(sheet)
        names = {column.name for column in sheet.table.columns}
        found: dict[str, dict[str, object]] = self._parse_table_constraints(  # type: ignore[attr-defined]  # private, and not in the stubs
            sheet.table.definition, names
        )
        found = {name: {**constraint, "primary_key": False} for name, constraint in found.items()}
        indexes = {index.name for index in sheet.table.indexes if index.definition}
        return {**found, **{name: unique for name, unique in constraints(sheet).items() if name in indexes}}

    def get_primary_key_columns(self, cursor: object, table_name: str) -> list[str] | None:
        return list(self._sheets[table_name].primary_key) or None


FEED = Feed("sqlite", _Introspection, DatabaseFeatures)
