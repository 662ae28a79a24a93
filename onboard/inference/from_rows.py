"""The second stage of an inference: what rows add to names, for primary keys first and then for references.

Cheapest first: sizes and statistics, one profile a table, samples of what is large; then, as far as the budget lasts,
a count of every row where it may change an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import partial

from onboard.catalog.structure import TableName
from onboard.inference.agenda import Question, ask_in_order, question
from onboard.inference.candidates import Edge, Relation
from onboard.inference.composite import CompositeChoice, composite_choices
from onboard.inference.contained import contained_edges, single_keys
from onboard.inference.depth import Depth
from onboard.inference.foreign_keys import Choice, find_choices, open_columns
from onboard.inference.implied import through
from onboard.inference.inferred import Inferred, add_edges, learn, weigh_all
from onboard.inference.key_candidates import KeyCandidate
from onboard.inference.lanes import run_in_lanes
from onboard.inference.one_pass import KeyId, OnePass, in_one_pass, proved_pairs
from onboard.inference.pair_score import ranked_pairs
from onboard.inference.proposals import Measured
from onboard.inference.row_evidence import RowReader
from onboard.inference.row_inclusions import (
    is_measured,
    needs_scan,
    pair_of,
    prove,
    prove_composite,
    read_composite,
    read_inclusions,
    read_scanned,
    speaks_against,
)
from onboard.inference.row_keys import decide_keys, key_questions, safest
from onboard.inference.row_ranges import range_questions
from onboard.inference.rows import Rows
from onboard.inference.situation import PairId
from onboard.inference.surprise import surprise
from onboard.inference.type_classes import TypeClass

_NAMES_SETTLE = 0.9
_WORTH_ASKING = 0.003
_WORTH_SCANNING = 0.03
_WORTH_PROVING = 0.3


def add_row_evidence(
    inferred: Inferred,
    rows: Rows,
    budget_s: float | None,
    progress: Callable[[str], None],
    depth: Depth | None = None,
) -> None:
    """Ask the rows and decide again; an interrupt ends the asking and keeps what is known."""
    reader = RowReader(
        rows, inferred.schema, inferred.situation, progress, inferred.left_out, depth or Depth(), budget_s
    )
    try:
        reader.read_sizes()
        if not any(inferred.situation.sizes.values()):
            return  # nothing but empty tables: rows have nothing to say
        reader.read_profiles()
        decide_keys(inferred, reader)
        _decide_references(inferred, reader)
        if reader.depth.proves:
            _prove(inferred, reader)
        _name_unanswered(inferred, reader)
    except KeyboardInterrupt:
        inferred.interrupted = True
        weigh_all(inferred)


def _prove(inferred: Inferred, reader: RowReader) -> None:
    """Count every row of large tables: for keys that others may refer to, then for references and all other keys."""
    refuted: list[KeyCandidate] = []
    referred = _referred(inferred)
    together = _together(inferred, reader, referred)
    by_the_way = _counted_by_the_way(inferred, reader, together)
    keys = key_questions(inferred, reader, refuted, referred - by_the_way, {})
    open_choices, _ = _apart(inferred, _open_references(inferred, reader), proved_pairs(together))
    ask_in_order([*keys, *range_questions(reader, open_choices)], reader.left_s, reader.rows)
    if refuted:
        _decide_references(inferred, reader)
        refuted.clear()
    together = _together(inferred, reader, referred)
    others = {choice.table.name for choice in inferred.keys} - referred
    keys = key_questions(inferred, reader, refuted, others, together)
    last = partial(key_questions, inferred, reader, refuted, by_the_way, {})
    _prove_references(inferred, reader, keys, proved_pairs(together), last)
    if refuted:
        _decide_references(inferred, reader)
        _prove_references(inferred, reader, [], frozenset(), tuple)


def _together(inferred: Inferred, reader: RowReader, referred: Set[TableName]) -> dict[KeyId, OnePass]:
    """Return the references that are proved in one pass with a key that nothing is likely to refer to."""
    likely = [
        safest(choice)
        for choice in inferred.keys
        if choice.ranked and choice.table.name not in referred and choice.measured is Measured.SAMPLE
    ]
    return in_one_pass(likely, _open_references(inferred, reader), reader)


def _counted_by_the_way(inferred: Inferred, reader: RowReader, together: Mapping[KeyId, OnePass]) -> set[TableName]:
    """Return the tables whose own key such a pass counts as well, where no other reference waits for its proof."""
    by_keys = proved_pairs(together)
    likeliest = [choice.ranked()[0][0] for choice in _open_references(inferred, reader)]
    waited_for = {edge.parent.table.name for edge in likeliest if pair_of(edge) not in by_keys}
    waited_for.update(ranked_pairs(composite)[0][0].parent.table.name for composite in inferred.composites)
    asked = {(choice.table.name, safest(choice).names) for choice in inferred.keys if choice.ranked}
    parents = [one.edge.parent for one in together.values()]
    return {key.table.name for key in parents if (key.table.name, key.names) in asked} - waited_for


def _referred(inferred: Inferred) -> set[TableName]:
    """Return the tables that any column is likely enough to refer to."""
    found: set[TableName] = set()
    for choice in inferred.choices:
        found.update(edge.parent.table.name for edge, share in choice.ranked() if share >= _WORTH_PROVING)
    for composite in inferred.composites:
        found.update(edge.parent.table.name for edge, share in ranked_pairs(composite) if share >= _WORTH_PROVING)
    return found


def _decide_references(inferred: Inferred, reader: RowReader) -> None:
    inferred.choices = list(find_choices(inferred.schema, inferred.situation))
    inferred.composites = composite_choices(inferred.schema)
    weigh_all(inferred)
    _add_contained(inferred)
    _learn_surprises(inferred)
    learn(inferred)
    weigh_all(inferred)
    sizes = inferred.situation.sizes
    order = sorted(inferred.choices, key=lambda choice: sizes.get(choice.child.table.name, 0))
    run_in_lanes([partial(_read_likely, reader, choice) for choice in order], reader.rows)
    weigh_all(inferred)
    pairs = [partial(_read_likely_pairs, reader, composite) for composite in inferred.composites]
    run_in_lanes([*_scanned(inferred, reader), *pairs], reader.rows)
    weigh_all(inferred)
    _let_vote(inferred)


def _is_worth_asking(edge: Edge, share: float) -> bool:
    """Whether rows could make something of an edge; of keys of one name they alone know which is the smallest."""
    return share >= _WORTH_ASKING or edge.relation is Relation.SAME_AS_KEY


def _read_likely(reader: RowReader, choice: Choice) -> None:
    if reader.is_filled(choice.child.table):
        read_inclusions(reader, choice, [edge for edge, share in choice.ranked() if _is_worth_asking(edge, share)])


def _read_likely_pairs(reader: RowReader, choice: CompositeChoice) -> None:
    if reader.is_filled(choice.edges[0].table):
        read_composite(reader, choice, [edge for edge, share in ranked_pairs(choice) if share >= _WORTH_ASKING])


def _scanned(inferred: Inferred, reader: RowReader) -> list[Callable[[], None]]:
    """Return the questions on keys that have to be read whole: the likeliest first, and unlikely ones not at all."""
    waiting = [
        (speaks_against(reader, edge), -share, number, choice, edge)
        for number, choice in enumerate(inferred.choices)
        for edge, share in choice.ranked()
        if share >= _WORTH_SCANNING
        and reader.is_filled(choice.child.table)
        and reader.is_filled(edge.parent.table)
        and not is_measured(reader, edge)
        and needs_scan(reader, edge)
    ]
    order = sorted(waiting, key=lambda one: one[:3])
    return [partial(read_scanned, reader, choice, edge) for *_, choice, edge in order]


def _let_vote(inferred: Inferred) -> None:
    for _ in range(2):  # proven references vote, and votes can settle others
        learn(inferred)
        weigh_all(inferred)


def _prove_references(
    inferred: Inferred,
    reader: RowReader,
    keys: Sequence[Question],
    by_keys: Set[PairId],
    last: Callable[[], Sequence[Question]],
) -> None:
    """Prove keys and references side by side, then what may follow from these and the keys that `last` asks for."""
    open_choices = _open_references(inferred, reader)
    first, later = _apart(inferred, open_choices, by_keys)
    composites = _composite_questions(inferred, reader)
    if not open_choices and not composites and not keys:
        return
    ask_in_order([*composites, *_reference_questions(inferred, reader, first), *keys], reader.left_s, reader.rows)
    ask_in_order([*last(), *_reference_questions(inferred, reader, later)], reader.left_s, reader.rows)
    _let_vote(inferred)


def _apart(inferred: Inferred, choices: Iterable[Choice], by_keys: Set[PairId]) -> tuple[list[Choice], list[Choice]]:
    """Return the references that have to be counted, and those that may follow from others."""
    first: list[Choice] = []
    later: list[Choice] = []
    for choice in choices:
        follows = through(choice.child, inferred.composites) or pair_of(choice.ranked()[0][0]) in by_keys
        (later if follows else first).append(choice)
    return first, later


def _name_unanswered(inferred: Inferred, reader: RowReader) -> None:
    """Name the tables of which the rows did not answer what was worth asking."""
    for choice in inferred.choices:
        edge, share = choice.ranked()[0]
        reason = reader.unanswered.get(pair_of(edge))
        if reason and share >= _WORTH_PROVING and not is_measured(reader, edge):
            inferred.left_out.append((choice.child.table.name, reason))


def _open_references(inferred: Inferred, reader: RowReader) -> list[Choice]:
    found = []
    for choice in inferred.choices:
        edge, share = choice.ranked()[0]
        is_open = choice.measured is Measured.SAMPLE or pair_of(edge) in reader.unanswered
        if is_open and share >= _WORTH_PROVING:
            found.append(choice)
    return found


def _reference_questions(inferred: Inferred, reader: RowReader, choices: Iterable[Choice]) -> list[Question]:
    sizes = reader.situation.sizes
    found = []
    for choice in choices:
        edge, share = choice.ranked()[0]
        rows = sizes.get(choice.child.table.name, 0) + sizes.get(edge.parent.table.name, 0)
        name = f"{choice.child.table.name}.{choice.child.name}"
        found.append(question(name, share, rows, 1, partial(prove, reader, choice, edge, inferred.composites)))
    return found


def _composite_questions(inferred: Inferred, reader: RowReader) -> list[Question]:
    sizes = reader.situation.sizes
    found = []
    for choice in inferred.composites:
        edge, share = ranked_pairs(choice)[0]
        if choice.measured is Measured.SAMPLE and share >= _WORTH_PROVING:
            rows = sizes.get(edge.table.name, 0) + sizes.get(edge.parent.table.name, 0)
            name = f"{edge.table.name} {edge.names}"
            ask = partial(prove_composite, reader, choice, edge)
            found.append(question(name, share, rows, len(edge.names), ask))
    return found


def _add_contained(inferred: Inferred) -> None:
    keys = single_keys(inferred.schema)
    by_column = {choice.child: choice for choice in inferred.choices}
    add_edges(
        inferred,
        (
            contained_edges(column, keys, inferred.situation)
            for column in open_columns(inferred.schema)
            if column not in by_column or by_column[column].ranked()[0][1] < _NAMES_SETTLE
        ),
    )


def _learn_surprises(inferred: Inferred) -> None:
    situation = inferred.situation
    known = {
        type_class: [
            situation.profiles[key.table.name, key.only.name]
            for key in single_keys(inferred.schema)
            if key.only.type_class is type_class and (key.table.name, key.only.name) in situation.profiles
        ]
        for type_class in TypeClass
    }
    for choice in inferred.choices:
        column = (choice.child.table.name, choice.child.name)
        profile = situation.profiles.get(column)
        if profile is not None:
            kind = choice.child.type_class
            situation.surprises[column] = surprise(profile, known[kind], kind)
