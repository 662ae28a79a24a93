"""Proves a key of two columns and the reference of one of them in one pass over the rows, instead of sorting twice.

It fits keys such as (order, line): a wide column that refers to another table, and a narrow one of small numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onboard.catalog.structure import TableName
from onboard.inference.candidates import Edge
from onboard.inference.foreign_keys import Choice
from onboard.inference.key_candidates import KeyCandidate
from onboard.inference.measured import Inclusion
from onboard.inference.row_evidence import EXACT_TIMEOUT_S, RowReader, columns_of
from onboard.inference.row_inclusions import pair_of
from onboard.inference.rows import NotMeasured
from onboard.inference.schema import ColumnView
from onboard.inference.situation import PairId
from onboard.inference.type_classes import is_short

_WIDTHS = (8, 16, 32)  # numbers that the narrow column may have, from 0 on
_MOST_GROUPS = 1_000_000  # of values side by side, of either table: about what is held in memory

KeyId = tuple[TableName, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class OnePass:
    """A reference of the wide column of a key, and how many numbers the narrow one has."""

    edge: Edge
    narrow: ColumnView
    width: int


def in_one_pass(keys: Iterable[KeyCandidate], choices: Iterable[Choice], reader: RowReader) -> dict[KeyId, OnePass]:
    """Return, by the key, the references among these that its own count can prove as well."""
    likeliest = {(choice.child.table.name, choice.child.name): choice.ranked()[0][0] for choice in choices}
    found = {}
    for key in keys:
        for wide, narrow in (key.columns, key.columns[::-1]) if len(key.columns) == 2 else ():
            edge = likeliest.get((key.table.name, wide.name))
            width = _width(narrow, reader)
            if edge and width and _are_short(wide, narrow, edge.parent.only) and _fits(edge, width, reader):
                found[key.table.name, key.names] = OnePass(edge, narrow, width)
    return found


def prove_in_one_pass(reader: RowReader, key: KeyCandidate, known: Mapping[KeyId, OnePass], most_s: float) -> bool:
    """Count every row for a key and a reference; False where there is no such reference, or it was not possible."""
    one = known.get((key.table.name, key.names))
    if one is None:
        return False
    reader.progress(f"{key.table.name} ({', '.join(key.names)}), every row")
    sampled = reader.situation.inclusions.get(pair_of(one.edge))
    try:
        found = reader.rows.key_and_held(
            columns_of((one.edge.child, one.narrow)),
            columns_of(one.edge.parent.columns),
            width=one.width,
            timeout_s=min(most_s, reader.timeout(EXACT_TIMEOUT_S)),
        )
    except NotMeasured as error:
        reader.name_lost(key.table.name, error)
        return False
    if found is None:
        return False
    uniqueness, is_held, of_parent = found
    reader.situation.uniqueness[key.table.name, key.names] = uniqueness
    reader.situation.uniqueness[one.edge.parent.table.name, one.edge.parent.names] = of_parent
    if is_held:
        distinct = sampled.distinct if sampled else 0
        inclusion = Inclusion(uniqueness.rows, distinct, 0, 0, 0, is_exact=True, is_distinct_known=False)
        reader.situation.inclusions[pair_of(one.edge)] = inclusion
    return True


def proved_pairs(known: Mapping[KeyId, OnePass]) -> set[PairId]:
    """Return the pairs of columns that need no count of their own."""
    return {pair_of(one.edge) for one in known.values()}


def _width(narrow: ColumnView, reader: RowReader) -> int | None:
    """Return how many numbers a column has, as far as is known; what the rows hold is looked at in the pass itself."""
    profile = reader.situation.profiles.get((narrow.table.name, narrow.name))
    if profile is None or profile.low is None or profile.high is None or profile.low < 0:
        return None
    return next((width for width in _WIDTHS if profile.high < width), None)


def _are_short(*columns: ColumnView) -> bool:
    return all(is_short(column.column.type) for column in columns)


def _fits(edge: Edge, width: int, reader: RowReader) -> bool:
    """Whether so few values stand side by side in 64 bits that all groups of both tables fit into memory."""
    profiles = reader.situation.profiles
    for column in (edge.child, edge.parent.only):
        one = profiles.get((column.table.name, column.name))
        if one is None or one.low is None or one.high is None or (one.high - one.low) * width // 64 > _MOST_GROUPS:
            return False
    return True
