"""Columns that hold one of a few values: what a check lists, and what the rows of large enough tables repeat.

Counts come with every scan; the values of rows only where a person asks for them (`--samples`). Which column is a
reference is for others to say: a set is a proposal for choices, never evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from onboard.catalog.structure import Table, TypeKind
from onboard.inference.inferred import Inferred
from onboard.inference.proposals import ValueSet
from onboard.inference.rows import Asked, ColumnsOf, NotMeasured, Rows
from onboard.inference.schema import ColumnView, TableView
from onboard.inference.type_classes import TypeClass
from onboard.inference.weights import weights

_MOST = 12  # values
_LONGEST = 40  # letters
_FEWEST_ROWS = 50
_ROWS_A_VALUE = 10
_SAMPLED_ROWS = 20_000
_TIMEOUT_S = 2.0
_KIND_WORDS = frozenset(["status", "state", "type", "kind", "mode", "level", "category", "priority", "gender", "sex"])
_LISTED = re.compile(
    r"= ANY \(\(?ARRAY\[(?P<items>(?:'(?:[^']|'')*'|[^'\]])*)\]|\bin\s*\((?P<plain>(?:'(?:[^']|'')*'|[^')])*)\)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*'((?:[^']|'')*)'(?:::[\w \".]+(?:\(\d+\))?)?\s*(?:,|\Z)")


def small_sets(inferred: Inferred) -> list[ValueSet]:
    """Return the sets that structure and counts give away, by table and column; of rows without their values."""
    return [found for table in inferred.schema.tables for found in _of_table(table, inferred)]


def with_values(
    sets: list[ValueSet], rows: Rows, inferred: Inferred, progress: Callable[[str], None]
) -> list[ValueSet]:
    """Return the sets with the values that the rows hold; one that cannot be read stays without."""
    return [one if one.values else _read(one, rows, inferred, progress) for one in sets]


def _of_table(table: TableView, inferred: Inferred) -> Iterator[ValueSet]:
    if table.table.is_view:
        return
    listed = _listed_values(table.table)
    if not listed and not inferred.situation.profiles:
        return
    keys = {name for key in table.table.foreign_keys for name in key.columns}
    for column in table.columns:
        is_plain = column.column.type.kind is TypeKind.BASE and column.column.generated is None
        if not is_plain or column.name in keys or column.in_primary_key or column.is_unique:
            continue
        values = listed.get(column.name, ())
        if values:
            yield ValueSet(table.name, column.name, values)
        elif _may_be_kind(column):
            found = _counted(table, column, inferred)
            if found is not None:
                yield found


def _listed_values(table: Table) -> dict[str, tuple[str, ...]]:
    """What checks of one column list, and nothing else."""
    found = {}
    for check in table.checks:
        values = _items(check.expression) if len(check.columns) == 1 and check.is_valid and check.is_enforced else ()
        if 1 < len(values) <= _MOST:
            found[check.columns[0]] = values
    return found


def _items(expression: str) -> tuple[str, ...]:
    """The text literals of a list, where the whole condition is one."""
    match = _LISTED.search(expression)
    if match is None or re.search(r"\b(?:or|and|not|case)\b", expression, re.IGNORECASE):
        return ()
    text, found, at = match["items"] or match["plain"] or "", [], 0
    while at < len(text):
        item = _ITEM.match(text, at)
        if item is None:
            return ()
        found.append(item[1].replace("''", "'"))
        at = item.end()
    return tuple(dict.fromkeys(found))


def _may_be_kind(column: ColumnView) -> bool:
    """Whether a text is short enough, or a number is called what codes are called."""
    words = column.words.words
    if column.type_class is TypeClass.TEXT:
        return (column.column.type.max_length or 0) <= _LONGEST
    says_kind = bool(words) and (words[-1] in _KIND_WORDS or words[0] in weights().words["flag_words"])
    return column.type_class is TypeClass.WHOLE and says_kind and not column.words.suffix


def _counted(table: TableView, column: ColumnView, inferred: Inferred) -> ValueSet | None:
    profile = inferred.situation.profiles.get((table.name, column.name))
    known = inferred.situation.uniqueness.get((table.name, (column.name,)))
    if profile is None or known is None or not 2 <= profile.distinct <= _MOST:
        return None
    if profile.filled < max(_FEWEST_ROWS, _ROWS_A_VALUE * profile.distinct):
        return None
    return ValueSet(table.name, column.name, (), profile.distinct, profile.filled, known.is_exact)


def _read(one: ValueSet, rows: Rows, inferred: Inferred, progress: Callable[[str], None]) -> ValueSet:
    column = inferred.schema.by_name[one.table].by_name[one.column]
    progress(f"{one.table}.{one.column}, values")
    try:
        values = rows.values(
            ColumnsOf(one.table, (Asked(column.name, column.type_class),)),
            most=_MOST,
            sampled_rows=None if one.is_exact else _SAMPLED_ROWS,
            timeout_s=_TIMEOUT_S,
        )
    except NotMeasured:
        return one
    is_small = 1 < len(values) <= _MOST and all(len(value) <= _LONGEST for value in values)
    return ValueSet(one.table, one.column, tuple(values), one.distinct, one.rows, one.is_exact) if is_small else one
