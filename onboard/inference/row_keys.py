"""Decides primary keys by what rows say of their candidates, and says which counts of every row would prove them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import partial

from onboard.catalog.structure import TableName
from onboard.inference.agenda import Question, question
from onboard.inference.inferred import Inferred
from onboard.inference.key_candidates import KeyCandidate, NameUse, name_use
from onboard.inference.key_score import measure_key
from onboard.inference.one_pass import KeyId, OnePass, prove_in_one_pass
from onboard.inference.primary_keys import KeyChoice, add_likely_keys, choose_keys
from onboard.inference.proposals import Measured
from onboard.inference.row_evidence import RowReader
from onboard.inference.row_uniqueness import depth_of, is_refuted, prove_uniqueness, read_uniqueness

_ABOUT_AS_LIKELY = 0.5
_SHARE_FOR_KEYS = 0.5  # of what is left of the budget that may go into proving primary keys of large tables


def decide_keys(inferred: Inferred, reader: RowReader) -> None:
    """Choose the primary key of every table with rows among the candidates that these do not refute."""
    use = _name_use(inferred)
    sizes = reader.situation.sizes
    order = sorted(range(len(inferred.keys)), key=lambda number: sizes.get(inferred.keys[number].table.name, 0))
    for number in order:  # the smallest tables first: should the budget end, most tables have had their turn
        before = inferred.keys[number]
        if reader.is_filled(before.table):
            inferred.keys[number] = _chosen(reader, use, before, read_uniqueness(reader, before.candidates, use))


def key_questions(
    inferred: Inferred,
    reader: RowReader,
    refuted: list[KeyCandidate],
    tables: Set[TableName],
    together: Mapping[KeyId, OnePass],
) -> list[Question]:
    """Return a question for the likeliest key of each of these tables; what is refuted is added to the list.

    `together`: the references that are proved by the way.
    """
    reserve = reader.left_s() * (1 - _SHARE_FOR_KEYS) if reader.budget_s is not None else 0.0
    proving = _Proving(inferred, reader, _name_use(inferred), refuted, together, reserve)
    return [
        question(str(choice.table.name), choice.ranked[0][1], _rows_to_count(reader, choice), 1, task)
        for choice, task in ((choice, partial(proving.prove, number)) for number, choice in enumerate(inferred.keys))
        if choice.table.name in tables
        and choice.ranked
        and choice.measured is Measured.SAMPLE
        and not _is_enforced(choice)
    ]


def _rows_to_count(reader: RowReader, choice: KeyChoice) -> int:
    return 0 if depth_of(reader, safest(choice)) is Measured.EXACT else reader.situation.sizes[choice.table.name]


@dataclass(frozen=True, slots=True)
class _Proving:
    """What proving a key needs."""

    inferred: Inferred
    reader: RowReader
    use: NameUse
    refuted: list[KeyCandidate]
    together: Mapping[KeyId, OnePass]
    reserve_s: float  # of the budget, for what comes after keys

    def prove(self, number: int) -> None:
        """Count the candidates of the table with this number, the safest first, until one holds or time is up."""
        choice = self.inferred.keys[number]
        while choice.ranked and choice.measured is Measured.SAMPLE and self.reader.left_s() > self.reserve_s:
            key = safest(choice)
            if not self._count(key):
                return
            if is_refuted(self.reader.situation.uniqueness[key.table.name, key.names]):
                self.refuted.append(key)
                kept = [other for other, _ in choice.ranked if other is not key]
            else:
                kept = [other for other, _ in choice.ranked if other is key or _surprise(other) >= _surprise(key)]
            choice = self.inferred.keys[number] = _chosen(self.reader, self.use, choice, kept)

    def _count(self, key: KeyCandidate) -> bool:
        """Count a key unless that is done; whether it could be."""
        if depth_of(self.reader, key) is Measured.EXACT:
            return True
        left_s = self.reader.left_s() - self.reserve_s
        return prove_in_one_pass(self.reader, key, self.together, left_s) or prove_uniqueness(self.reader, key, left_s)


def safest(choice: KeyChoice) -> KeyCandidate:
    """Return, of the candidates that are about as likely as the first, the one that rows are likeliest to uphold.

    That a sample holds no value twice says little of columns with so many values that chance would hold none twice.
    """
    near = [key for key, share in choice.ranked if share >= _ABOUT_AS_LIKELY * choice.ranked[0][1]]
    return max(near, key=_surprise)


def _surprise(key: KeyCandidate) -> float:
    return key.terms.get("set_surprises", 0.0)


def _is_enforced(choice: KeyChoice) -> bool:
    """Whether a unique index vouches for the likeliest key, so that no row needs to be counted."""
    names = set(choice.ranked[0][0].names)
    return any(key.is_declared and set(key.names) == names for key in choice.table.keys)


def _name_use(inferred: Inferred) -> NameUse:
    use = name_use(inferred.schema)
    use.uniqueness = inferred.situation.uniqueness
    return use


def _chosen(reader: RowReader, use: NameUse, before: KeyChoice, kept: list[KeyCandidate]) -> KeyChoice:
    """Return the choice among the candidates that rows leave, weighed as deep as the rows were asked."""
    if not kept:
        before.ranked = []
        add_likely_keys(before)
        return before
    for candidate in kept:
        measure_key(candidate, use)
    stage = Measured.EXACT if before.table.name in reader.whole else Measured.SAMPLE
    choice = choose_keys(kept, stage)
    choice.measured = depth_of(reader, choice.ranked[0][0])
    add_likely_keys(choice)
    return choice
