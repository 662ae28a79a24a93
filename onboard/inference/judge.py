"""Judges answers of weights that have not seen the database: F1, reliability, and the calibration that follows.

Part of fitting. The calibration that a database is judged with is itself made without it.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onboard.inference.calibration import between
from onboard.inference.isotonic import isotonic
from onboard.inference.labelled import Group, Labelled
from onboard.inference.score import shares
from onboard.inference.threshold import DEFAULT_THRESHOLD

_BINS = 10
_CALIBRATED = {"primary_key": "primary_key", "foreign_key": "foreign_key", "composite": "foreign_key"}
Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The likeliest rival of a choice."""

    kind: str
    share: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """The answers of weights that were fitted without this database."""

    database: Labelled
    weight: float  # what it counts in a calibration: the less, the more references it seems to leave out
    answers: tuple[Answer, ...]


def answer(kind: str, group: Group, weight: Mapping[str, float]) -> Answer:
    """Return the likeliest rival of a group, and whether it is the right one."""
    given = shares([sum(value * weight.get(name, 0.0) for name, value in terms.items()) for terms in group.terms])
    best = max(range(len(given)), key=lambda number: given[number])
    return Answer(kind, given[best], best == group.right)


def calibrations(stages: Iterable[str], judged: Sequence[Judged]) -> dict[str, Points]:
    """Return the points of every kind of key at these stages; composite keys are too few for points of their own."""
    points = {kind: _points(kind, judged) for kind in set(_CALIBRATED.values())}
    return {f"{kind} {stage}": points[like] for kind, like in sorted(_CALIBRATED.items()) for stage in stages}


def _points(kind: str, judged: Iterable[Judged]) -> Points:
    return isotonic(
        (found.share, float(found.is_right), one.weight)
        for one in judged
        for found in one.answers
        if _CALIBRATED[found.kind] == kind
    )


def report(stage: str, judged: Sequence[Judged]) -> None:
    """Print F1 by database and group, and how often answers of each confidence were right."""
    bins: dict[tuple[str, str], list[list[tuple[float, bool]]]] = defaultdict(lambda: [[] for _ in range(_BINS)])
    means: dict[tuple[str, str], list[float]] = defaultdict(list)
    points = {
        (one.database.fold, kind): _points(
            kind, [other for other in judged if other.database.fold != one.database.fold]
        )
        for one in judged
        for kind in set(_CALIBRATED.values())
    }
    for one in judged:
        hides_primary = not any(table.primary_key for table in one.database.catalog.tables)
        for kind in ("foreign_key", "primary_key") if hides_primary else ("foreign_key",):
            answers = [
                (between(points[one.database.fold, kind], found.share), found.is_right)
                for found in one.answers
                if _CALIBRATED[found.kind] == kind
            ]
            for confidence, is_right in answers:
                bins[one.database.group, kind][min(_BINS - 1, int(confidence * _BINS))].append((confidence, is_right))
            score = _f1(one.database, kind, answers)
            if score is not None:
                means[one.database.group, kind].append(score)
                sys.stdout.write(f"{stage} {one.database.group} {one.database.name} {kind} F1 {score:.3f}\n")
    for (group, kind), scores in sorted(means.items()):
        sys.stdout.write(f"{stage} {group} {kind}: macro F1 {sum(scores) / len(scores):.3f} over {len(scores)}\n")
    for (group, kind), found in sorted(bins.items()):
        sys.stdout.write(f"{stage} {group} {kind}: expected calibration error {_error(found):.3f}\n")
        for answers in filter(None, found):
            said, right = _means(answers)
            sys.stdout.write(f"    said {said:.2f}  right {right:.2f}  of {len(answers)}\n")


def _f1(database: Labelled, kind: str, answers: Sequence[tuple[float, bool]]) -> float | None:
    keys = database.primary_keys if kind == "primary_key" else database.foreign_keys
    known = sum(database.counts(key[0]) for key in keys)
    given = [is_right for confidence, is_right in answers if confidence >= DEFAULT_THRESHOLD]
    return 2 * sum(given) / (len(given) + known) if known else None


def _means(answers: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    count = len(answers)
    return sum(said for said, _ in answers) / count, sum(right for _, right in answers) / count


def _error(bins: Sequence[Sequence[tuple[float, bool]]]) -> float:
    apart = 0.0
    for answers in filter(None, bins):
        said, right = _means(answers)
        apart += abs(said - right) * len(answers)
    return apart / sum(len(answers) for answers in bins)
