"""Adds up what the signals see of possible primary keys; the candidates of one table are rivals of each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from onboard.declared import declared
from onboard.inference import key_signals
from onboard.inference.edge_terms import BIAS
from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of
from onboard.inference.proposals import Evidence, Measured
from onboard.inference.schema import ColumnView
from onboard.inference.shared_terms import TermSets
from onboard.inference.weights import weights


@cache
def all_key_signals() -> tuple[KeySignal, ...]:
    """Return every signal of a primary key, in the order of their names."""
    return declared(key_signals, "SIGNAL", KeySignal)


def measure_key(key: KeyCandidate, use: NameUse) -> None:
    """Fill in the terms of a candidate: what each signal sees, zeros left out.

    Columns are in many sets, so what some signals look for in any column of a set is looked for once in each.
    """
    kind = len(key.columns) > 1, bool(use.uniqueness)
    names, asked = _asked(*kind)
    sets = use.term_sets.get(kind)
    if sets is None:
        sets = use.term_sets[kind] = TermSets(names)
    said = _said_of_any(key, use) if kind[0] else ()
    key.seen = sets.of((1.0, *said, *[see(key, use) for see in asked]))


def _said_of_any(key: KeyCandidate, use: NameUse) -> tuple[float, ...]:
    found = _NOTHING
    for column in key.columns:
        said = use.said.get(column)
        if said is None:
            said = tuple([float(is_so(column, use)) for is_so in _of_columns()[1]])
            said = use.said[column] = said if any(said) else _NOTHING
        if said is not _NOTHING:
            found = tuple(map(max, found, said)) if found else said
    return found or _silent()


_NOTHING: tuple[float, ...] = ()


@cache
def _silent() -> tuple[float, ...]:
    return (0.0,) * len(_of_columns()[0])


@cache
def _of_columns() -> tuple[tuple[str, ...], tuple[Callable[[ColumnView, NameUse], bool], ...]]:
    found = [(signal.name, signal.any_column) for signal in all_key_signals() if signal.any_column]
    return tuple(name for name, _ in found), tuple(is_so for _, is_so in found)


_See = Callable[[KeyCandidate, NameUse], float]


@cache
def _asked(is_set: bool, with_rows: bool) -> tuple[tuple[str, ...], tuple[_See, ...]]:
    never = Of.SINGLE if is_set else Of.SET
    asked = [one for one in all_key_signals() if one.of is not never and (with_rows or not one.needs_rows)]
    asked = [one for one in asked if not (is_set and one.any_column)]
    first = _of_columns()[0] if is_set else ()
    return (BIAS, *first, *(signal.name for signal in asked)), tuple(signal.measure for signal in asked)


def weigh_key(key: KeyCandidate, stage: Measured) -> None:
    """Fill in the log-odds of a measured candidate with the weights of a stage."""
    key.logit = key.seen.logit(weights().primary_key[stage], stage)


def key_evidence(key: KeyCandidate, weight: Mapping[str, float]) -> tuple[Evidence, ...]:
    """Return the terms of a candidate for a person, the heaviest first."""
    found = [Evidence(BIAS, weight.get(BIAS, 0.0), "before any evidence")]
    for signal in all_key_signals():
        value = key.terms.get(signal.name)
        if value and weight.get(signal.name):
            found.append(Evidence(signal.name, round(value * weight[signal.name], 3), signal.sentence(key, value)))
    return tuple(sorted(found, key=lambda term: (-abs(term.weight), term.signal)))
