"""Finds the tables that are copies of others: `deleted_items` beside `items`, with the same columns and a longer name.

What a copy holds was true once, so databases seldom declare what its columns refer to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onboard.inference.schema import TableView

_FEWEST_COLUMNS = 4
_USUAL_SHARE = 0.3  # of the tables
_FEW = 5
_SHARE = 0.8  # of the columns of the original
_OWN_SHARE = 0.5  # of those of the copy
_SHORTEST = 3


def mark_copies(tables: Sequence[TableView]) -> None:
    """Note which tables have nearly all columns of another one whose name theirs begins or ends with."""
    by_name: dict[str, list[TableView]] = defaultdict(list)
    for table in tables:
        by_name["".join(table.words)].append(table)
    counts = Counter(name for table in tables for name in table.by_name)
    usual = {name for name, count in counts.items() if count > max(_FEW, _USUAL_SHARE * len(tables))}
    for name, named in by_name.items():
        starts = (name[:at] for at in range(_SHORTEST, len(name)))
        ends = (name[at:] for at in range(1, len(name) - _SHORTEST + 1))
        originals = [original for part in (*starts, *ends) if part in by_name for original in by_name[part]]
        for table in named:
            table.is_copy = any(_has_columns_of(table, original, usual) for original in originals)


def _has_columns_of(table: TableView, original: TableView, usual: Set[str]) -> bool:
    """Whether a table has the columns of another; those that most tables have tell nothing."""
    wanted, has = original.by_name.keys() - usual, table.by_name.keys() - usual
    if len(wanted) < _FEWEST_COLUMNS or len(wanted) > len(has) + 2:
        return False
    return len(wanted & has) >= max(_SHARE * len(wanted), _OWN_SHARE * len(has))
