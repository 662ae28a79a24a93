"""Says what else was recognised: polymorphic pairs, flags and codes, which look like references and are none."""

from __future__ import annotations

from collections.abc import Iterable

from onboard.catalog.structure import Column, Table, TypeKind
from onboard.inference.polymorphic import PolymorphicPair
from onboard.inference.proposals import Note
from onboard.inference.schema import ColumnView, Schema, TableView
from onboard.inference.weights import weights

_FLAG_VALUES = (("Y", "N"), ("0", "1"), ("T", "F"), ("y", "n"), ("t", "f"))


def polymorphic_notes(pairs: Iterable[PolymorphicPair]) -> list[Note]:
    """Return a note for each polymorphic pair."""
    return [
        Note(
            "polymorphic",
            pair.table.name,
            (pair.kind.name, pair.identifier.name),
            f"`{pair.kind.name}` says which table `{pair.identifier.name}` refers to, so it is no foreign key",
        )
        for pair in pairs
    ]


def column_notes(schema: Schema) -> list[Note]:
    """Return a note for each flag and each set of codes that the structure gives away."""
    found = []
    for table in schema.tables:
        checked = {check.columns[0]: check.expression for check in table.table.checks if len(check.columns) == 1}
        for column in table.columns:
            note = _note(table, column, checked.get(column.name, ""))
            if note is not None:
                found.append(note)
    return found


def _note(table: TableView, column: ColumnView, check: str) -> Note | None:
    if column.column.type.kind is TypeKind.ENUM:
        return Note("choices", table.name, (column.name,), f"`{column.name}` holds one of the labels of an enum type")
    if _is_flag(table.table, column.column, column, check):
        return Note("flag", table.name, (column.name,), f"`{column.name}` is a flag, not a reference")
    if check and ("ANY (ARRAY" in check or " in (" in check.lower()):
        return Note("choices", table.name, (column.name,), f"a check allows only listed values in `{column.name}`")
    return None


def _is_flag(table: Table, column: Column, view: ColumnView, check: str) -> bool:
    words = view.words.words
    if not words or column.type.name == "bool":
        return False
    named = words[-1] in ("flag",) or (words[0] in weights().words["flag_words"] and not view.words.suffix)
    is_small = column.type.max_length == 1 or column.type.name in ("int2", "tinyint")
    listed = bool(check) and any(f"'{yes}'" in check and f"'{no}'" in check for yes, no in _FLAG_VALUES)
    return listed or (named and is_small)
