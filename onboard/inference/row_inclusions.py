"""Asks rows how far the values of columns are among those of the keys that they may refer to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onboard.inference.candidates import Edge
from onboard.inference.composite import CompositeChoice, CompositeEdge
from onboard.inference.contained import fits
from onboard.inference.foreign_keys import Choice
from onboard.inference.gapless import held_by_range
from onboard.inference.implied import implied
from onboard.inference.lookups import lookup
from onboard.inference.measured import Inclusion
from onboard.inference.proposals import Measured
from onboard.inference.row_evidence import EXACT_TIMEOUT_S, PROBE_TIMEOUT_S, CombinationId, RowReader, columns_of
from onboard.inference.rows import ColumnsOf, Lookup, NotMeasured
from onboard.inference.schema import ColumnView
from onboard.inference.situation import PairId

_MOST_SURPRISE = 6.0  # of combinations; twice that of one column, as columns are seldom quite independent
_MOST_PARENTS = 8


def pair_of(edge: Edge) -> PairId:
    """The names by which the rows' answer on an edge is kept."""
    return edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name


def read_inclusions(reader: RowReader, choice: Choice, edges: Sequence[Edge]) -> None:
    """Count how far the values of a column are among those of the keys that it may refer to.

    Keys of large tables without an index are left to `read_scanned`, which asks the likeliest first.
    """
    child = choice.child
    profile = reader.situation.profiles.get((child.table.name, child.name))
    wanted = [edge for edge in edges if reader.is_filled(edge.parent.table)][:_MOST_PARENTS]
    if profile is None or not profile.filled:
        return
    if not wanted:  # every parent is empty: that is known, and no answer
        choice.measured = Measured.EXACT
        return
    cheap = [edge for edge in wanted if not is_measured(reader, edge) and not needs_scan(reader, edge)]
    if cheap:
        reader.progress(f"{child.table.name}.{child.name}")
        small = [edge for edge in cheap if edge.parent.table.name in reader.whole]
        for batch in filter(None, (small, *([edge] for edge in cheap if edge not in small))):
            _ask(reader, child, batch)
    settle_depth(reader, choice, wanted)


def read_scanned(reader: RowReader, choice: Choice, edge: Edge) -> None:
    """Do the same for one key of a large table without an index, which is read in one pass."""
    if reader.is_filled(choice.child.table) and not is_measured(reader, edge):
        reader.progress(f"{choice.child.table.name}.{choice.child.name}")
        _ask(reader, choice.child, [edge])
        settle_depth(reader, choice, [edge])


def is_measured(reader: RowReader, edge: Edge) -> bool:
    """Whether rows have been asked about an edge, in a sample or all of them."""
    return pair_of(edge) in reader.situation.inclusions


def needs_scan(reader: RowReader, edge: Edge) -> bool:
    """Whether a large parent has to be read to answer."""
    if edge.parent.table.name in reader.whole:
        return False
    is_whole = edge.child.table.name in reader.whole
    return _parent(reader, (edge.child,), edge.parent.columns, is_whole=is_whole).lookup is not Lookup.INDEX


def speaks_against(reader: RowReader, edge: Edge) -> bool:
    """Whether noted ranges speak grossly against an edge; nothing says how old they are, so it is only asked later."""
    ours = reader.situation.profiles.get((edge.child.table.name, edge.child.name))
    theirs = reader.situation.profiles.get((edge.parent.table.name, edge.parent.only.name))
    return ours is not None and theirs is not None and not fits(ours, theirs)


def settle_depth(reader: RowReader, choice: Choice, edges: Sequence[Edge]) -> None:
    """Note on a choice how deep the rows were asked about the likeliest of its edges."""
    found = [reader.situation.inclusions.get(pair_of(edge)) for edge in edges]
    known = [one for one in found if one is not None]
    if known:
        choice.measured = Measured.EXACT if all(one.is_exact for one in known) else Measured.SAMPLE


def _ask(reader: RowReader, child: ColumnView, edges: Sequence[Edge]) -> None:
    by_range = {pair_of(edge): held_by_range(reader, edge) for edge in edges}
    reader.situation.inclusions.update((pair, found) for pair, found in by_range.items() if found is not None)
    edges = [edge for edge in edges if by_range[pair_of(edge)] is None]
    if not edges:
        return
    is_whole = child.table.name in reader.whole
    is_quick = is_whole and all(edge.parent.table.name in reader.whole for edge in edges)
    try:
        found = reader.rows.inclusions(
            columns_of((child,)),
            [_parent(reader, (child,), edge.parent.columns, is_whole=is_whole) for edge in edges],
            sampled_rows=None if is_whole else reader.depth.sampled_rows,
            timeout_s=reader.timeout(EXACT_TIMEOUT_S if is_quick else PROBE_TIMEOUT_S),
        )
    except NotMeasured as error:
        for edge in edges:
            reader.unanswered[pair_of(edge)] = str(error)
        reader.name_lost(child.table.name, error)
        return
    for edge, inclusion in zip(edges, found, strict=True):
        reader.situation.inclusions[pair_of(edge)] = inclusion


def _parent(
    reader: RowReader, child: Sequence[ColumnView], parent: Sequence[ColumnView], *, is_whole: bool
) -> ColumnsOf:
    sizes = reader.situation.sizes
    read = sizes.get(child[0].table.name, 0)
    way = lookup(
        child,
        read if is_whole else min(read, reader.depth.sampled_rows),
        parent,
        sizes.get(parent[0].table.name, 0),
        engine=reader.schema.engine,
    )
    return replace(columns_of(parent), lookup=way)


def read_composite(reader: RowReader, choice: CompositeChoice, edges: Sequence[CompositeEdge]) -> None:
    """Count how far the combinations of a child are among those of the keys that it may refer to."""
    for edge in [edge for edge in edges if reader.is_filled(edge.parent.table)][:_MOST_PARENTS]:
        known = reader.combinations.get(_combination(edge))
        if known is not None:  # keys have changed since, but not these
            _keep_composite(reader, choice, edge, known)
            continue
        is_whole = edge.table.name in reader.whole
        is_quick = is_whole and edge.parent.table.name in reader.whole
        reader.progress(f"{edge.table.name} ({', '.join(edge.names)})")
        try:
            (found,) = reader.rows.inclusions(
                columns_of(edge.child),
                [_parent(reader, edge.child, edge.parent.columns, is_whole=is_whole)],
                sampled_rows=None if is_whole else reader.depth.sampled_rows,
                timeout_s=reader.timeout(EXACT_TIMEOUT_S if is_quick else PROBE_TIMEOUT_S),
            )
        except NotMeasured as error:
            reader.name_lost(edge.table.name, error)
            return  # names and the single columns still speak
        _keep_composite(reader, choice, edge, found)


def _keep_composite(reader: RowReader, choice: CompositeChoice, edge: CompositeEdge, found: Inclusion) -> None:
    edge.inclusion = reader.combinations[_combination(edge)] = found
    edge.surprise = _surprise(reader, edge, found)
    choice.measured = Measured.EXACT if found.is_exact else Measured.SAMPLE


def _combination(edge: CompositeEdge) -> CombinationId:
    return edge.table.name, edge.names, edge.parent.table.name, edge.parent.names


def _surprise(reader: RowReader, edge: CompositeEdge, inclusion: Inclusion) -> float:
    """How unlikely it is that all combinations are keys, were the columns independent."""
    table = edge.parent.table.name
    combinations = 1
    for column in edge.parent.columns:
        profile = reader.situation.profiles.get((table, column.name))
        combinations *= profile.distinct if profile else 1
    share = min(1.0, reader.situation.sizes.get(table, 0) / max(1, combinations))
    return min(_MOST_SURPRISE, -inclusion.distinct * math.log10(share)) if share > 0 else 0.0


def prove(reader: RowReader, choice: Choice, edge: Edge, composites: Iterable[CompositeChoice]) -> None:
    """Count over every row what a sample has only made likely; where that is not possible, the sample stays.

    What follows from keys of several columns that are proved is not counted again.
    """
    child = choice.child
    known = reader.situation.inclusions.get(pair_of(edge))
    if known is not None and known.is_exact:  # by the way, with a key of its own table
        settle_depth(reader, choice, [edge])
        return
    reader.progress(f"{child.table.name}.{child.name}, every row")
    found = implied(edge, composites, reader.situation)
    if found is None:
        is_open = pair_of(edge) not in reader.outside
        found = _proved(reader, (child,), edge.parent.columns, known, may_hold=is_open)
    if found is not None:
        reader.situation.inclusions[pair_of(edge)] = found
        settle_depth(reader, choice, [edge])


def prove_composite(reader: RowReader, choice: CompositeChoice, edge: CompositeEdge) -> None:
    """Do the same for a key of several columns."""
    reader.progress(f"{edge.table.name} ({', '.join(edge.names)}), every row")
    found = _proved(reader, edge.child, edge.parent.columns, edge.inclusion, may_hold=True)
    if found is not None:
        _keep_composite(reader, choice, edge, found)


def _proved(
    reader: RowReader,
    child: Sequence[ColumnView],
    parent: Sequence[ColumnView],
    sampled: Inclusion | None,
    *,
    may_hold: bool,
) -> Inclusion | None:
    way = _parent(reader, child, parent, is_whole=True)
    try:
        if may_hold and way.lookup is not Lookup.INDEX:
            is_key = _is_key(reader, parent)
            rows = reader.rows.held(columns_of(child), way, is_key=is_key, timeout_s=reader.timeout(EXACT_TIMEOUT_S))
            if rows is not None:
                return Inclusion(rows, sampled.distinct if sampled else 0, 0, 0, 0, True, is_distinct_known=False)
        (found,) = reader.rows.inclusions(
            columns_of(child), [way], sampled_rows=None, timeout_s=reader.timeout(EXACT_TIMEOUT_S)
        )
    except NotMeasured as error:
        reader.name_lost(child[0].table.name, error)
        return None
    return found


def _is_key(reader: RowReader, columns: Sequence[ColumnView]) -> bool:
    """Whether columns are known to hold no value twice: the database sees to it, or every row was counted.

    Of a table that others inherit from it sees to its own rows alone, and theirs are read with these.
    """
    table = columns[0].table
    names = tuple(column.name for column in sorted(columns, key=lambda column: column.position))
    if any(key.is_declared and set(key.names) == set(names) for key in table.keys):
        return not any(table.name in other.table.parents for other in reader.situation.schema.tables)
    found = reader.situation.uniqueness.get((table.name, names))
    return found is not None and found.is_exact and not found.duplicates
