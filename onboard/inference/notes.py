"""Says what else was recognised: polymorphic pairs, flags and codes, which look like references and are none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from onboard.catalog.structure import Column, Table, TableName, TypeKind
from onboard.inference.polymorphic import PolymorphicPair
from onboard.inference.proposals import Note, ValueSet
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


def column_notes(schema: Schema, sets: Iterable[ValueSet]) -> list[Note]:
    """Return a note for each flag that the structure gives away, and for each column of few values."""
    by_table: dict[TableName, dict[str, ValueSet]] = defaultdict(dict)
    for one in sets:
        by_table[one.table][one.column] = one
    found = []
    for table in schema.tables:
        checked = {check.columns[0]: check.expression for check in table.table.checks if len(check.columns) == 1}
        listed = by_table.get(table.name, {})
        for column in table.columns:
            note = _note(table, column, checked.get(column.name, ""), listed.get(column.name))
            if note is not None:
                found.append(note)
    return found


def _note(table: TableView, column: ColumnView, check: str, values: ValueSet | None) -> Note | None:
    if values is not None:
        return Note("choices", table.name, (column.name,), _said(values))
    if column.column.type.kind is not TypeKind.ENUM and _is_flag(table.table, column.column, column, check):
        return Note("flag", table.name, (column.name,), f"`{column.name}` is a flag, not a reference")
    return None


def _said(values: ValueSet) -> str:
    if not values.distinct:
        return f"a check allows only listed values in `{values.column}`: `[[choices]]` in onboard.toml takes them"
    counted = f"`{values.column}` holds {values.distinct} different values in {values.rows:,} rows"
    kept = "`[[choices]]` in onboard.toml takes them" if values.values else "`onboard scan --samples` lists them"
    return f"{counted}: {kept}"


def _is_flag(table: Table, column: Column, view: ColumnView, check: str) -> bool:
    words = view.words.words
    is_small = column.type.max_length == 1 or column.type.name in ("int2", "tinyint")
    if not (check or is_small) or not words or column.type.name == "bool":
        return False
    named = words[-1] in ("flag",) or (words[0] in weights().words["flag_words"] and not view.words.suffix)
    listed = bool(check) and any(f"'{yes}'" in check and f"'{no}'" in check for yes, no in _FLAG_VALUES)
    return listed or (named and is_small)
