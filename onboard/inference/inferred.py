"""The state of an inference between its stages, and the first stage: names, types, indexes and structure."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from onboard.catalog.structure import Catalog, TableName
from onboard.inference.answers import Answers
from onboard.inference.foreign_keys import Choice, find_choices, plain_references, weigh_choices
from onboard.inference.key_candidates import name_use
from onboard.inference.polymorphic import polymorphic_pairs
from onboard.inference.primary_keys import KeyChoice, add_likely_keys, choose_keys, measured_candidates
from onboard.inference.proposals import Measured
from onboard.inference.schema import KeyView, Schema, read_schema
from onboard.inference.score import measure
from onboard.inference.situation import Situation
from onboard.inference.view_joins import view_joins
from onboard.inference.weights import weights


@dataclass(slots=True, eq=False)
class Inferred:
    """What is known so far; each stage adds to it."""

    schema: Schema
    situation: Situation
    answers: Answers
    keys: list[KeyChoice] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    left_out: list[tuple[TableName, str]] = field(default_factory=list)


def infer_from_names(catalog: Catalog, answers: Answers) -> Inferred:
    """Return what names, types, indexes, views and comments say."""
    schema = read_schema(catalog)
    pairs = polymorphic_pairs(schema)
    situation = Situation(
        schema,
        joined=view_joins(catalog),
        polymorphic=frozenset((pair.table.name, pair.identifier.name) for pair in pairs),
    )
    inferred = Inferred(schema, situation, answers)
    _decide_keys(inferred)
    decide_references(inferred)
    return inferred


def _decide_keys(inferred: Inferred) -> None:
    weight = weights().primary_key[Measured.NAMES]
    use = name_use(inferred.schema)
    for candidates in measured_candidates(inferred.schema, use):
        choice = choose_keys(candidates, weight)
        inferred.keys.append(choice)
        add_likely_keys(choice)
    for answer in inferred.answers.primary_keys:
        table = inferred.schema.by_name.get(answer.table)
        columns = tuple(table.by_name[name] for name in answer.columns if name in table.by_name) if table else ()
        if table and answer.use and columns:
            table.keys = [key for key in table.keys if not key.is_primary or key.is_declared]
            table.keys.append(KeyView(table, columns, is_primary=True, is_declared=False))


def decide_references(inferred: Inferred) -> None:
    """Find and weigh what columns refer to, then weigh again knowing which tables are referred to often."""
    weight = weights().foreign_key[Measured.NAMES]
    situation = inferred.situation
    inferred.choices = find_choices(inferred.schema, situation)
    weigh_choices(inferred.choices, weight)
    references = plain_references(inferred.schema, inferred.choices)
    situation.hubs = {key: math.log1p(count) / 3 for key, count in references.items()}
    for choice in inferred.choices:
        for edge in choice.edges:
            measure(edge, situation)
    weigh_choices(inferred.choices, weight)
