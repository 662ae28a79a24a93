"""Says to which key the joins of views lead a column: a view is written by who knows what refers to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from onboard.catalog.structure import TableName
from onboard.inference.schema import KeyView
from onboard.inference.situation import ColumnId, Situation


def joined_targets(situation: Situation, keys: Mapping[tuple[TableName, str], KeyView]) -> dict[ColumnId, ColumnId]:
    """Return the primary key that each column is joined to, of those joined to no other one.

    A column that is alone a key itself is left out: which of two keys refers to the other, a join does not say.
    So is the number half of a polymorphic pair.
    """
    found: dict[ColumnId, set[ColumnId]] = defaultdict(set)
    for table, column, parent, name in situation.joined:
        key = keys.get((parent, name))
        is_open = (table, column) not in keys and (table, column) not in situation.polymorphic
        if key is not None and key.numbers_rows and table in situation.schema.by_name and is_open:
            found[table, column].add((parent, name))
    return {column: min(targets) for column, targets in found.items() if len(targets) == 1}
