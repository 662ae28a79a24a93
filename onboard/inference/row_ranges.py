"""Proves the references of a table to keys without gaps by the ranges of its columns, all in one pass over the rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from onboard.catalog.structure import TableName
from onboard.inference.agenda import Question, question
from onboard.inference.candidates import Edge
from onboard.inference.foreign_keys import Choice
from onboard.inference.gapless import lies_in, without_gaps
from onboard.inference.measured import Inclusion, Range
from onboard.inference.row_evidence import EXACT_TIMEOUT_S, RowReader, columns_of
from onboard.inference.row_inclusions import pair_of, settle_depth
from onboard.inference.rows import NotMeasured
from onboard.inference.threshold import DEFAULT_THRESHOLD


def range_questions(reader: RowReader, choices: Iterable[Choice]) -> list[Question]:
    """Return a question for each table with columns whose likeliest parent was counted whole and has no gaps."""
    by_table: dict[TableName, list[Choice]] = {}
    for choice in choices:
        if without_gaps(reader, choice.ranked()[0][0]) is not None:
            by_table.setdefault(choice.child.table.name, []).append(choice)
    return [_question(reader, table, listed) for table, listed in by_table.items()]


def _question(reader: RowReader, table: TableName, choices: Sequence[Choice]) -> Question:
    most_open = min((choice.ranked()[0][1] for choice in choices), key=lambda share: abs(share - DEFAULT_THRESHOLD))
    rows = reader.situation.sizes.get(table, 0)
    listed = [(choice, choice.ranked()[0][0]) for choice in choices]
    return question(f"{table}, ranges", most_open, rows, 1, partial(_prove, reader, listed))


def _prove(reader: RowReader, listed: Sequence[tuple[Choice, Edge]]) -> None:
    children = [choice.child for choice, _ in listed]
    table = children[0].table.name
    reader.progress(f"{table} ({', '.join(child.name for child in children)}), every row")
    try:
        ranges = reader.rows.ranges(columns_of(children), timeout_s=reader.timeout(EXACT_TIMEOUT_S))
    except NotMeasured as error:
        reader.name_lost(table, error)
        return  # each is counted on its own
    for (choice, edge), found in zip(listed, ranges or (), strict=False):
        _keep(reader, choice, edge, found)


def _keep(reader: RowReader, choice: Choice, edge: Edge, found: Range) -> None:
    parent = without_gaps(reader, edge)
    if parent is None or not lies_in(found.least, found.most, parent):
        reader.outside.add(pair_of(edge))
        return
    sampled = reader.situation.inclusions.get(pair_of(edge))
    distinct = sampled.distinct if sampled else 0
    inclusion = Inclusion(found.filled, distinct, 0, 0, 0, is_exact=True, is_distinct_known=False)
    reader.situation.inclusions[pair_of(edge)] = inclusion
    settle_depth(reader, choice, [edge])
