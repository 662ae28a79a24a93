"""The second stage of an inference: what rows add to names, for primary keys first and then for references."""

from __future__ import annotations

import time
from collections.abc import Callable

from onboard.inference.composite import composite_choices
from onboard.inference.contained import contained_edges, single_keys
from onboard.inference.foreign_keys import Choice, find_choices, open_columns
from onboard.inference.inferred import Inferred, learn, weigh_all, weigh_choice
from onboard.inference.key_candidates import name_use
from onboard.inference.key_score import measure_key
from onboard.inference.pair_score import ranked_pairs
from onboard.inference.primary_keys import add_likely_keys, choose_keys
from onboard.inference.proposals import Measured
from onboard.inference.row_evidence import RowReader
from onboard.inference.rows import Rows
from onboard.inference.score import measure
from onboard.inference.surprise import surprise
from onboard.inference.type_classes import TypeClass
from onboard.inference.weights import weights

_NAMES_SETTLE = 0.9
_WORTH_ASKING = 0.003
_WORTH_PROVING = 0.3


def add_row_evidence(inferred: Inferred, rows: Rows, budget_s: float | None, progress: Callable[[str], None]) -> None:
    """Ask the rows and decide again; an interrupt ends the asking and keeps what is known."""
    reader = RowReader(rows, inferred.schema, inferred.situation, progress, inferred.left_out)
    if budget_s is not None:
        reader.deadline = time.monotonic() + budget_s
    try:
        reader.read_sizes()
        if not any(inferred.situation.sizes.values()):
            return  # nothing but empty tables: rows have nothing to say
        reader.read_profiles()
        _decide_keys(inferred, reader)
        _decide_references(inferred, reader)
    except KeyboardInterrupt:
        inferred.interrupted = True
        weigh_all(inferred)


def _decide_keys(inferred: Inferred, reader: RowReader) -> None:
    use = name_use(inferred.schema)
    use.uniqueness = inferred.situation.uniqueness
    sizes = reader.situation.sizes
    order = sorted(range(len(inferred.keys)), key=lambda number: sizes.get(inferred.keys[number].table.name, 0))
    for number in order:  # the smallest tables first: should the budget end, most tables have had their turn
        before = inferred.keys[number]
        if reader.situation.sizes.get(before.table.name, 0) == 0:
            continue
        kept = reader.read_uniqueness(before.candidates)
        if not kept:
            inferred.keys[number].ranked = []
            add_likely_keys(inferred.keys[number])
            continue
        for candidate in kept:
            measure_key(candidate, use)
        choice = choose_keys(kept, weights().primary_key[Measured.EXACT])
        choice.measured = Measured.EXACT
        inferred.keys[number] = choice
        add_likely_keys(choice)


def _decide_references(inferred: Inferred, reader: RowReader) -> None:
    situation = inferred.situation
    inferred.choices = find_choices(inferred.schema, situation)
    inferred.composites = composite_choices(inferred.schema)
    weigh_all(inferred)
    _add_contained(inferred)
    _learn_surprises(inferred)
    learn(inferred)
    weigh_all(inferred)
    for choice in inferred.choices:
        if situation.sizes.get(choice.child.table.name, 0) > 0:
            worth = [edge for edge, share in choice.ranked() if share >= _WORTH_ASKING]
            reader.read_inclusions(choice, worth)
    weigh_all(inferred)
    for choice in sorted(inferred.choices, key=lambda choice: situation.sizes.get(choice.child.table.name, 0)):
        edge, share = choice.ranked()[0]
        if choice.measured is Measured.SAMPLE and share >= _WORTH_PROVING:
            reader.prove(choice, edge)
    for composite in inferred.composites:
        if situation.sizes.get(composite.edges[0].table.name, 0) > 0:
            reader.read_composite(
                composite, [edge for edge, share in ranked_pairs(composite) if share >= _WORTH_ASKING]
            )
    for _ in range(2):  # proven references vote, and votes can settle others
        learn(inferred)
        weigh_all(inferred)


def _add_contained(inferred: Inferred) -> None:
    keys = single_keys(inferred.schema)
    by_column = {id(choice.child): choice for choice in inferred.choices}
    for column in open_columns(inferred.schema):
        choice = by_column.get(id(column))
        if choice and choice.ranked()[0][1] >= _NAMES_SETTLE:
            continue
        have = {id(edge.parent) for edge in choice.edges} if choice else set()
        new = [edge for edge in contained_edges(column, keys, inferred.situation) if id(edge.parent) not in have]
        if not new:
            continue
        if choice is None:
            choice = Choice(column, [])
            inferred.choices.append(choice)
        measure(new, inferred.situation)
        choice.edges.extend(new)
        weigh_choice(choice)


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
