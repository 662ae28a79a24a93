"""Lets one known key settle the columns of the same stem: `type_id` leads to `terms` here, so it does there.

Known is what is declared, what a person has confirmed or refused, and what rows have proved beyond chance.
An example that leads to its own table says that such columns lead to their own tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from onboard.catalog.structure import TableName
from onboard.inference.answers import Answers
from onboard.inference.candidates import Edge, Relation
from onboard.inference.foreign_keys import Choice
from onboard.inference.proposals import Measured
from onboard.inference.schema import ColumnView, KeyView, Schema
from onboard.inference.situation import ColumnId, Ends
from onboard.inference.weights import weights

Stem = tuple[str, ...]
_PROVEN = 0.9
_SURPRISING = 1.0
_MOST_TARGETS = 3
_A_PROOF = 0.5  # rows that prove a key weigh half as much as its declaration
_A_JOIN = 0.5  # and so does a view that joins the two
_BY_ITS_END = 0.5  # an example of `type_id` for `unit_type_id`, a role before it
_A_PERSON = 3.0  # an answer weighs as much as that many declared examples


@dataclass(frozen=True, slots=True)
class Example:
    """A known key: which stem leads to which table and column; an empty target is the column's own table."""

    stem: Stem
    target: tuple[TableName, str] | None
    weight: float  # below 0: known not to lead there
    child: tuple[TableName, str]
    is_proven: bool = False  # by rows, rather than declared or said


def stem_of(column: ColumnView) -> Stem:
    """Return the words that vote together; none for a role in a table of pairs, which leads elsewhere in every one.

    A name with a key suffix does not speak for one without: `action_id` refers to an action, `action` may be a text.
    """
    stem = column.own.stem or column.words.stem
    lists = weights().words
    is_role = (
        bool(stem) and stem[0] in lists["pair_roles"] and bool(lists["pair_tables"].intersection(column.table.words))
    )
    return () if is_role or not stem else (*stem, "" if column.words.suffix else "-")


def examples(
    schema: Schema, answers: Answers, choices: Iterable[Choice], joined: Mapping[ColumnId, ColumnId]
) -> list[Example]:
    """Return what is known, once a column: said, declared, proved or, the weakest, joined by a view."""
    found: dict[tuple[TableName, str], Example] = {}
    for (owner_name, name), (parent, key_name) in joined.items():
        if name in schema.by_name[owner_name].by_name:
            column = schema.by_name[owner_name].by_name[name]
            found[owner_name, name] = _example(column, parent, key_name, _A_JOIN)
    for choice in choices:
        example = _proven(choice)
        if example:
            found[example.child] = example
    for table in schema.tables:
        for key in table.table.foreign_keys:
            if len(key.columns) == 1 and key.columns[0] in table.by_name:
                column = table.by_name[key.columns[0]]
                found[table.name, column.name] = _example(column, key.references, key.referenced_columns[0], 1.0)
    for answer in answers.foreign_keys:
        owner = schema.by_name.get(answer.table)
        if owner and len(answer.columns) == 1 and answer.columns[0] in owner.by_name:
            column = owner.by_name[answer.columns[0]]
            weight = _A_PERSON if answer.use else -_A_PERSON
            found[owner.name, column.name] = _example(column, answer.references, answer.referenced_columns[0], weight)
    return [example for example in found.values() if example.stem]


def _example(column: ColumnView, table: TableName, referenced: str, weight: float) -> Example:
    target = None if table == column.table.name else (table, referenced)
    return Example(stem_of(column), target, weight, (column.table.name, column.name))


def _proven(choice: Choice) -> Example | None:
    if choice.measured is not Measured.EXACT:
        return None
    edge, share = choice.ranked()[0]
    is_proven = share >= _PROVEN and edge.terms.get("containment_surprises", 0.0) >= _SURPRISING
    if not is_proven:
        return None
    found = _example(choice.child, edge.parent.table.name, edge.parent.only.name, _A_PROOF)
    return replace(found, is_proven=True)


_Target = tuple[TableName, str] | None


@dataclass(slots=True, eq=False)
class _Tally:
    """The examples of one stem added up, so that no edge has to look at all of them; the weights are halves."""

    by_child: dict[tuple[TableName, str], Example] = field(default_factory=dict)
    leading: dict[_Target, float] = field(default_factory=lambda: defaultdict(float))
    refused: dict[_Target, float] = field(default_factory=lambda: defaultdict(float))
    in_all: float = 0.0  # of what leads anywhere
    _votes: dict[KeyView, float] = field(default_factory=dict)  # on edges of columns that are no example themselves
    _targets: list[tuple[TableName, str]] | None = None  # of such columns

    def add(self, example: Example) -> None:
        """Count an example."""
        if example.weight < 0:
            self.refused[example.target] -= example.weight
        else:
            self.leading[example.target] += example.weight
            self.in_all += example.weight

    def targets(self, own: Example | None) -> list[tuple[TableName, str]]:
        """Return the few keys that most examples lead to, the column's own left aside, by name."""
        target = own.target if own is not None and own.weight > 0 else None
        if target is None and self._targets is not None:
            return self._targets
        weights = {one: weight for one, weight in self.leading.items() if one is not None}
        if own is not None and target is not None:
            weights[target] -= own.weight
        found = sorted((-weight, one) for one, weight in weights.items() if weight > 0)
        best = sorted(one for _, one in found[:_MOST_TARGETS])
        if target is None:
            self._targets = best
        return best

    def vote_on(self, edge: Edge, own: Example | None) -> float:
        """Return from -1 to 1 how far the examples lead where an edge does."""
        if edge.parent.table is edge.child.table:
            return self.vote(None, own)
        known = self._votes.get(edge.parent) if own is None else None
        if known is None:
            known = self.vote((edge.parent.table.name, edge.parent.only.name), own)
            if own is None:
                self._votes[edge.parent] = known
        return known

    def vote(self, target: _Target, own: Example | None) -> float:
        """Return from -1 to 1 how far the examples lead to a target, the column's own left aside."""
        agree, in_all = self.leading.get(target, 0.0), self.in_all
        refused = self.refused.get(target, 0.0) if self.refused else 0.0
        if own is not None and own.weight >= 0:
            in_all -= own.weight
            agree -= own.weight if own.target == target else 0.0
        elif own is not None and own.target == target:
            refused += own.weight
        against = in_all - agree + refused
        return (agree - against) / (agree + against + 0.5)


@dataclass(slots=True, eq=False)
class Votes:
    """All examples by stem; beside them those alone that are not proven by rows."""

    by_stem: Mapping[Stem, _Tally]
    unproven: Mapping[Stem, _Tally]
    _stems: dict[ColumnView, Stem] = field(default_factory=dict)
    _told: dict[Stem, bool] = field(default_factory=dict)

    def tell(self, child: ColumnView) -> bool:
        """Whether there are examples of the stem of a column."""
        stem = self.stem_of(child)
        known = self._told.get(stem)
        if known is None:
            known = self._told[stem] = _tally(self.by_stem, stem)[0] is not None
        return known

    def stem_of(self, child: ColumnView) -> Stem:
        """Return the words of a column that vote."""
        known = self._stems.get(child)
        if known is None:
            known = self._stems[child] = stem_of(child)
        return known

    def of(self, choice: Choice) -> dict[Ends, float]:
        """Return from -1 to 1 how far other columns of the stem lead where each edge does, where they say anything."""
        child, stem = choice.child, self.stem_of(choice.child)
        own = (child.table.name, child.name)
        told = [(tally, share, tally.by_child.get(own) if tally else None) for tally, share in self._tallies(stem)]
        found = {}
        for edge in choice.edges:
            # keys of one name form chains, and each link has its own parent
            tally, share, example = told[edge.relation is Relation.SAME_AS_KEY]
            if tally is not None:
                value = share * tally.vote_on(edge, example)
                if value:
                    found[child, edge.parent.only] = value
        return found

    def _tallies(self, stem: Stem) -> tuple[tuple[_Tally | None, float], tuple[_Tally | None, float]]:
        return _tally(self.by_stem, stem), _tally(self.unproven, stem)

    def targets(self, child: ColumnView) -> list[tuple[TableName, str]]:
        """Return the few keys that most examples lead to, other tables only, by name."""
        tally, _ = _tally(self.by_stem, self.stem_of(child))
        return tally.targets(tally.by_child.get((child.table.name, child.name))) if tally else []


def _tally(tallies: Mapping[Stem, _Tally], stem: Stem) -> tuple[_Tally | None, float]:
    """Return the examples of a stem; where there are none, those of its last words, which count half: `unit_type`."""
    tally = tallies.get(stem)
    if tally is not None:
        return tally, 1.0
    for start in range(1, len(stem) - 1):
        tally = tallies.get(stem[start:])
        if tally is not None:
            return tally, _BY_ITS_END
    return None, 0.0


def collect_votes(known: Iterable[Example]) -> Votes:
    """Return the examples by stem."""
    by_stem: dict[Stem, _Tally] = defaultdict(_Tally)
    unproven: dict[Stem, _Tally] = defaultdict(_Tally)
    for example in known:
        for tallies in (by_stem,) if example.is_proven else (by_stem, unproven):
            tallies[example.stem].by_child[example.child] = example
            tallies[example.stem].add(example)
    return Votes(by_stem, unproven)


def voted_edges(
    votes: Votes,
    child: ColumnView,
    keys: Mapping[tuple[TableName, str], KeyView],
    joined: Mapping[ColumnId, ColumnId],
) -> list[Edge]:
    """Return the edges that only examples lead to, or a join of the column itself."""
    targets = dict.fromkeys(votes.targets(child), Relation.VOTED)
    target = joined.get((child.table.name, child.name)) if joined else None
    if target is not None:
        targets[target] = Relation.JOINED
    found = []
    for place, relation in targets.items():
        key = keys.get(place)
        if key is not None and key.only is not child and key.only.type_class is child.type_class:
            found.append(Edge(child, key, relation))
    return found


def vote_values(votes: Votes, choices: Iterable[Choice]) -> dict[Ends, float]:
    """Return the vote on every edge that examples say anything about."""
    found: dict[Ends, float] = {}
    for choice in choices:
        found.update(votes.of(choice))
    return found
