"""What the gaps of an app are sought in: its models, the tables they mean, its operations, names already taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import ForeignKey, Model

from onboard.catalog.lookup import by_name, sequences_by_name
from onboard.catalog.structure import Catalog, Sequence, Table, TableKind, TableName
from onboard.catalog.structure import ForeignKey as Reference
from onboard.decisions.django_names import database_name
from onboard.migrations.tighten.names import free_name

AnyField = Any  # the stubs lack half of what a field answers here (`target_field`, `db_constraint`)


@dataclass(frozen=True)  # not slotted: the look-ups are made once, when first asked for
class Scene:
    """The models to tighten beside the catalogue as the database has it now."""

    catalog: Catalog
    models: Mapping[TableName, type[Model]]
    locate: Callable[[str], TableName]  # the table that a `db_table` means
    operations: Any  # the module `_tighten` of the app; Any: it is loaded by name
    chosen: tuple[TableName, ...]  # the tables to tighten, parents first
    not_null: frozenset[tuple[TableName, str]] = frozenset()  # columns that a person asked for
    composites: tuple[tuple[TableName, Reference], ...] = ()  # accepted keys of several columns, which no model says
    given: set[TableName] = field(default_factory=set)  # names given so far

    @cached_property
    def tables(self) -> Mapping[TableName, Table]:
        """The catalogue's tables by name."""
        return by_name(self.catalog)

    @cached_property
    def sequences(self) -> Mapping[TableName, Sequence]:
        """The catalogue's sequences by name."""
        return sequences_by_name(self.catalog)

    def lock(self, words: str) -> str:
        """Return what a step locks: on SQLite, which makes the table anew, always the file."""
        return "The whole file, while the table is made anew." if self.is_sqlite else words

    @property
    def is_sqlite(self) -> bool:
        """Whether the tables are SQLite's, which changes a table by making it anew."""
        return self.catalog.engine == "sqlite"

    def fields(self, table: TableName) -> tuple[AnyField, ...]:
        """Return the model's fields that stand for a column of the table."""
        columns = {column.name for column in self.tables[table].columns}
        found = self.models[table]._meta.local_concrete_fields
        return tuple(one for one in found if one.column is not None and column_of(one) in columns)

    def relations(self, table: TableName) -> tuple[AnyField, ...]:
        """Return the model's foreign keys."""
        return tuple(one for one in self.fields(table) if isinstance(one, ForeignKey))

    def target(self, relation: AnyField) -> tuple[TableName, str]:
        """Return the table and column that a relation refers to."""
        return self.locate(relation.target_field.model._meta.db_table), column_of(relation.target_field)

    def key(self, table: TableName) -> tuple[str, ...]:
        """Return the columns of the model's key; empty where it stands on a row address."""
        fields = self.fields(table)
        key = self.models[table]._meta.pk_fields
        return tuple(column_of(one) for one in key) if all(one in fields for one in key) else ()

    def lacks_key(self, table: TableName) -> bool:
        """Whether the model's key is one that the database does not declare, and can."""
        found = self.tables[table]
        return found.kind is TableKind.TABLE and found.primary_key is None and bool(self.key(table))

    def name(self, table: TableName, text: str, *, length: int = 63) -> str:
        """Return a name that nothing in the table's schema has, shortened where it is too long."""
        taken = {name.name for name in (*self._taken, *self.given) if name.schema == table.schema}
        found = free_name(text, taken, length=length)
        self.given.add(TableName(table.schema, found))
        return found

    @cached_property
    def _taken(self) -> frozenset[TableName]:
        found = {*self.sequences, *(left_out.name for left_out in self.catalog.left_out)}
        for table in self.catalog.tables:
            found.add(table.name)
            own = {key.name for key in (*table.uniques, *((table.primary_key,) if table.primary_key else ()))}
            own |= {key.name for key in table.foreign_keys} | {check.name for check in table.checks}
            own |= {one.name for one in table.exclusions} | {index.name for index in table.indexes}
            found.update(TableName(table.name.schema, name) for name in own)
        return frozenset(found)


def column_of(one: AnyField) -> str:
    """Return a field's column as the database spells it."""
    return database_name(str(one.column))
