"""Recognises polymorphic pairs: a column that says which table, beside a column that says which row.

`owner_type` + `owner_id`, `content_type_id` + `object_id`. Such a pair refers to many tables and is no foreign key.
"""

from __future__ import annotations

from dataclasses import dataclass

from onboard.inference.schema import ColumnView, Schema, TableView
from onboard.inference.type_classes import TypeClass
from onboard.inference.weights import weights


@dataclass(frozen=True, slots=True)
class PolymorphicPair:
    """The two columns of one table."""

    table: TableView
    kind: ColumnView
    identifier: ColumnView


def polymorphic_pairs(schema: Schema) -> list[PolymorphicPair]:
    """Return the pairs of all tables, in the order of tables and columns."""
    found = []
    entities = {entity.joined for table in schema.tables for entity in table.entities}
    for table in schema.tables:
        kinds = {column.words.words[:-1]: column for column in table.columns if _says_which_table(column)}
        for column in table.columns if kinds else ():
            kind = kinds.get(column.words.stem) if column.words.suffix else None
            if kind is not None and kind is not column and "".join(column.words.stem) not in entities:
                found.append(PolymorphicPair(table, kind, column))
    return found


def _says_which_table(column: ColumnView) -> bool:
    words = column.words.words
    if len(words) < 2 or words[-1] not in weights().words["polymorphic_types"]:
        return False
    return column.type_class in (TypeClass.TEXT, TypeClass.ENUM)
