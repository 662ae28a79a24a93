"""The state of an inference between its stages, and the first stage: names, types, indexes and structure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onboard.catalog.structure import Catalog, TableName
from onboard.inference.answers import Answers
from onboard.inference.candidates import Edge, Relation
from onboard.inference.chains import looseness
from onboard.inference.circles import circles
from onboard.inference.composite import CompositeChoice, composite_choices
from onboard.inference.contained import single_keys
from onboard.inference.edge_terms import Measuring
from onboard.inference.foreign_keys import Choice, find_choices, likely_references, open_columns
from onboard.inference.habits import declared_habit, index_habit
from onboard.inference.hubs import find_hub, hub_edges
from onboard.inference.joined import joined_targets
from onboard.inference.key_candidates import name_use
from onboard.inference.pair_score import measure_pairs, ranked_pairs, weigh_pairs
from onboard.inference.polymorphic import PolymorphicPair, polymorphic_pairs
from onboard.inference.primary_keys import KeyChoice, add_likely_keys, choose_keys, measured_candidates
from onboard.inference.proposals import Measured
from onboard.inference.schema import KeyView, Schema, read_schema
from onboard.inference.score import weigh
from onboard.inference.situation import ColumnId, PairId, Situation
from onboard.inference.view_joins import view_joins
from onboard.inference.voting import collect_votes, examples, vote_values, voted_edges
from onboard.inference.weights import weights

_LIKELY = 0.5
_SETTLED = 0.9
_AMBIGUOUS = 0.3  # what a reference counts to a table whose name may mean people or something else
_MOST_EDGES = 8  # of one column; those left out have no chance any more


@dataclass(slots=True, eq=False)
class Inferred:
    """What is known so far; each stage adds to it."""

    schema: Schema
    situation: Situation
    answers: Answers
    keys: list[KeyChoice] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    composites: list[CompositeChoice] = field(default_factory=list)
    left_out: list[tuple[TableName, str]] = field(default_factory=list)
    polymorphic: list[PolymorphicPair] = field(default_factory=list)
    interrupted: bool = False
    measuring: Measuring = field(init=False)

    def __post_init__(self) -> None:
        self.measuring = Measuring(self.situation)


def infer_from_names(catalog: Catalog, answers: Answers) -> Inferred:
    """Return what names, types, indexes, views and comments say."""
    schema = read_schema(catalog)
    pairs = polymorphic_pairs(schema)
    situation = Situation(
        schema,
        joined=view_joins(catalog),
        polymorphic=frozenset((pair.table.name, pair.identifier.name) for pair in pairs),
    )
    inferred = Inferred(schema, situation, answers, polymorphic=pairs)
    _decide_keys(inferred)
    decide_references(inferred)
    return inferred


def _decide_keys(inferred: Inferred) -> None:
    use = name_use(inferred.schema)
    for candidates in measured_candidates(inferred.schema, use):
        choice = choose_keys(candidates, Measured.NAMES)
        inferred.keys.append(choice)
        add_likely_keys(choice)
    for answer in inferred.answers.primary_keys:
        table = inferred.schema.by_name.get(answer.table)
        columns = tuple(table.by_name[name] for name in answer.columns if name in table.by_name) if table else ()
        if table and answer.use and columns:
            table.keys = [key for key in table.keys if not key.is_primary or key.is_declared]
            table.keys.append(KeyView(table, columns, is_primary=True, is_declared=False))


def decide_references(inferred: Inferred) -> None:
    """Find and weigh what columns refer to."""
    for choice in find_choices(inferred.schema, inferred.situation):
        inferred.measuring.measure(choice.edges)
        weigh_choice(choice)
        choice.keep(_MOST_EDGES)
        inferred.choices.append(choice)
    inferred.composites = composite_choices(inferred.schema)
    learn(inferred)
    weigh_all(inferred)


def weigh_all(inferred: Inferred) -> None:
    """Measure and weigh all choices of which anything has changed."""
    _weigh_anew(inferred, inferred.choices)


def _weigh_anew(inferred: Inferred, choices: Iterable[Choice]) -> None:
    measuring = inferred.measuring
    measuring.refresh()
    for choice in choices:
        version, stage = choice.weighed_at or (-1, None)
        to_hub = choice.edges[0].relation is Relation.HUB  # whom the share of a hub concerns, no list of columns says
        if to_hub or stage is not choice.measured or measuring.news.concern(choice.child, version):
            measuring.measure(choice.edges)
            weigh_choice(choice)
        choice.weighed_at = measuring.news.version, choice.measured


def learn(inferred: Inferred) -> None:
    """Learn from the weighed choices which tables are referred to often, how stems vote, which composites hold."""
    situation = inferred.situation
    references = likely_references(inferred.schema, inferred.choices)
    situation.hubs = {key: math.log1p(count) / 3 for key, count in references.items()}
    situation.people = _people(inferred.schema, references)
    likely = [(choice.child, *choice.ranked()[0]) for choice in inferred.choices]
    situation.index_habit = index_habit(inferred.schema, likely)
    situation.declared_habit = declared_habit(inferred.schema, likely)
    situation.circles = {} if situation.sizes else circles(likely)  # rows say which of two comes first
    situation.looseness = looseness(inferred.schema, inferred.choices, situation)
    _vote(inferred)
    _lead_to_hub(inferred)
    _reweigh_composites(inferred)


def _people(schema: Schema, references: Mapping[tuple[TableName, str], float]) -> tuple[TableName, str] | None:
    """Return the key of a table of people that most columns refer to."""
    holders, ambiguous = weights().words["people_tables"], weights().words["ambiguous_people"]
    counts = [
        (-count * (_AMBIGUOUS if ambiguous.intersection(last) else 1.0), key)  # an `account` may be one in the books
        for key, count in references.items()
        if (table := schema.by_name.get(key[0])) and holders.intersection(last := table.words[-1:])
    ]
    return min(counts)[1] if counts else None


def _reweigh_composites(inferred: Inferred) -> None:
    """Weigh composite keys, knowing what their columns refer to."""
    targets = {
        (choice.child.table.name, choice.child.name): (edge.parent.table.name, edge.parent.only.name)
        for choice in inferred.choices
        for edge, share in choice.ranked()[:1]
        if share > _LIKELY
    }
    for table in inferred.schema.tables:
        for key in table.table.foreign_keys:
            for column, referenced in zip(key.columns, key.referenced_columns, strict=True):
                targets[table.name, column] = (key.references, referenced)
    standings = {edge.parent: edge.standing for choice in inferred.composites for edge in choice.edges}
    for parent, standing in standings.items():
        standing.refers = sum((parent.table.name, column.name) in targets for column in parent.columns)
    measure_pairs(inferred.composites)
    for choice in inferred.composites:
        weigh_pairs(choice)
    _note_composites(inferred, targets)


def _note_composites(inferred: Inferred, targets: Mapping[ColumnId, ColumnId]) -> None:
    """Note where the likely composite keys lead, and which of the single references (`targets`) follow from them."""
    reached: dict[PairId, float] = {}
    needless: dict[PairId, float] = {}
    composed: dict[ColumnId, tuple[TableName, float]] = {}
    for best, share in (ranked_pairs(choice)[0] for choice in inferred.composites):
        if share <= _LIKELY:
            continue
        for ours, theirs in zip(best.child, best.parent.columns, strict=True):
            target = targets.get((best.parent.table.name, theirs.name))
            known = composed.get((best.table.name, ours.name))
            if known is None or (-share, best.parent.table.name) < (-known[1], known[0]):
                composed[best.table.name, ours.name] = best.parent.table.name, share
            if target:
                reached[best.table.name, ours.name, *target] = share
                if best.inclusion and not best.inclusion.missing_distinct:
                    needless[best.table.name, ours.name, *target] = share
    inferred.situation.reached = reached
    inferred.situation.needless = needless
    inferred.situation.composed = composed


def weigh_choice(choice: Choice) -> None:
    """Fill in the log-odds of the edges of a choice with the weights of the stage that it has reached."""
    weigh(choice.edges, choice.measured)
    choice.rank()


def _lead_to_hub(inferred: Inferred) -> None:
    """Add the edges that no word leads to; once rows are read, what they say leads further."""
    situation = inferred.situation
    keys = {(key.table.name, key.only.name): key for key in single_keys(inferred.schema)}
    hub = None if situation.sizes else find_hub(inferred.schema, inferred.choices, keys)
    if hub is None:
        return
    situation.hub_share = hub.share
    named = {id(choice.child) for choice in inferred.choices}
    edges = list(hub_edges(hub, open_columns(inferred.schema), named, situation.index_habit))
    inferred.measuring.refresh()
    inferred.measuring.measure(edges)
    for edge in edges:
        choice = Choice(edge.child, [edge])
        inferred.choices.append(choice)
        weigh_choice(choice)


def _vote(inferred: Inferred) -> None:
    keys = {(key.table.name, key.only.name): key for key in single_keys(inferred.schema)}
    joined = joined_targets(inferred.situation, keys)
    known = examples(inferred.schema, inferred.answers, inferred.choices, joined)
    if not known:
        return
    votes = collect_votes(known)
    by_column = {choice.child: choice for choice in inferred.choices}
    add_edges(
        inferred,
        (
            voted_edges(votes, column, keys, joined)
            for column in open_columns(inferred.schema)
            if (votes.tell(column) or (joined and (column.table.name, column.name) in joined))
            and (column not in by_column or by_column[column].ranked()[0][1] < _SETTLED)
        ),
    )
    told = [choice for choice in inferred.choices if votes.tell(choice.child)]
    inferred.situation.votes = vote_values(votes, told)
    _weigh_anew(inferred, told)  # a hub is found by what they say now


def add_edges(inferred: Inferred, found: Iterable[Sequence[Edge]]) -> None:
    """Add the edges of some columns, one sequence a column, and weigh them; those to a known parent are left out."""
    by_column = {choice.child: choice for choice in inferred.choices}
    changed: list[tuple[Choice, list[Edge]]] = []
    for edges in filter(None, found):
        choice = by_column.get(edges[0].child) or Choice(edges[0].child, [])
        have = {edge.parent for edge in choice.edges}
        new = [edge for edge in edges if edge.parent not in have]
        if new:
            changed.append((choice, new))
    inferred.measuring.refresh()
    inferred.measuring.measure(edge for _, edges in changed for edge in edges)
    for choice, edges in changed:
        if not choice.edges:
            inferred.choices.append(choice)
        choice.edges.extend(edges)
        weigh_choice(choice)
