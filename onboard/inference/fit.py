"""Fits the weights of the signals on labelled databases, and judges the fit leaving one database out.

    python -m onboard.inference.fit FOLDER [--write]

Needs numpy and scipy, which onboard itself does not. A column's choice is among its rivals and none at all
(multinomial logit); weights keep the sign their signal declares and are drawn towards the prior in `weights.json`,
which is written by hand. A declared schema leaves out references that exist all the same, some schemas most of them, so
a confident answer where the truth says none costs a bounded price: the share that a database leaves out is estimated
from a first fit (`undeclared`). Rows are fitted with the weights by names as
the prior: what names say does not change.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onboard.inference.depth import Depth
from onboard.inference.edge_terms import BIAS
from onboard.inference.judge import Answer, Judged, answer, calibrations, report
from onboard.inference.key_score import all_key_signals
from onboard.inference.labelled import Group, Groups, Labelled, groups, infer, read_labelled
from onboard.inference.pair_score import all_pair_signals
from onboard.inference.signal_bits import all_signals

_UNDECLARED = 0.15  # share of real references that a declared schema leaves out, before it is estimated
_LEAST, _MOST = 0.05, 0.8  # of what is estimated
_PATIENCE = 5.0  # answers before an estimate is believed
_SURE = 0.8  # an answer of this share that the truth denies is held for a reference left out
_PULL = {"primary_key": 1.0, "foreign_key": 1.0, "composite": 6.0}  # of the prior, as a precision; few are composite
_KINDS = ("primary_key", "foreign_key", "composite")
_SAMPLED = Depth(whole_rows=100, sampled_rows=200, proves=False)  # so that small databases are read as large ones are
_ROWS = frozenset(signal.name for signal in all_signals() if signal.needs_rows)
Weights = dict[str, dict[str, float]]  # by kind of key


@dataclass(frozen=True, slots=True)
class Packed:
    """The rivals of one database as numbers."""

    matrix: Any  # Any: numpy is not installed where types are checked
    number: Any  # of the group of each row
    right: Any
    groups: int


@dataclass(frozen=True, slots=True)
class Measured:
    """One database with its rivals, as terms and as numbers by kind of key."""

    database: Labelled
    groups: Groups
    packed: dict[str, Packed]
    share: float
    undeclared: float = _UNDECLARED  # share of real references that it leaves out


def signs(kind: str) -> dict[str, int]:
    """Return the side that each weight of a kind of key must fall on; 0 for either."""
    found = {BIAS: 0}
    if kind == "primary_key":
        found.update((signal.name, signal.sign) for signal in all_key_signals())
    elif kind == "foreign_key":
        found.update((signal.name, signal.sign) for signal in all_signals())
    else:
        found.update((signal.name, signal.sign) for signal in all_pair_signals())
    return found


@dataclass(frozen=True, slots=True)
class _Together:
    """The rivals of several databases as numbers; the last three have one for each group."""

    matrix: Any
    number: Any  # of the group of each row
    right: Any
    weight: Any
    undeclared: Any
    has_right: Any


def fitted(
    kind: str, databases: Sequence[Measured], prior: Mapping[str, float], near: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Return the weights that make the right rivals likeliest.

    `near` are weights that the search begins at, which changes how long it takes and nothing else.
    """
    import numpy  # type: ignore[import-not-found, unused-ignore]  # a tool of development, not installed with onboard
    from scipy.optimize import minimize  # type: ignore[import-not-found, import-untyped, unused-ignore]

    names = sorted(signs(kind))
    start = numpy.array([prior.get(name, 0.0) for name in names])
    databases = [one for one in databases if one.packed[kind].groups]
    if not databases:
        return {name: value for name, value in prior.items() if value}
    rivals = _together(numpy, kind, databases)

    def loss(values: Any) -> tuple[float, Any]:
        total, slope = _loss(numpy, rivals, values)
        apart = values - start
        return total + 0.5 * _PULL[kind] * (apart**2).sum(), slope + _PULL[kind] * apart

    sides = [signs(kind)[name] for name in names]
    lower = [0.0 if side > 0 else -numpy.inf for side in sides]
    upper = [0.0 if side < 0 else numpy.inf for side in sides]
    bounds = list(zip(lower, upper, strict=True))
    begin = numpy.clip([(near or prior).get(name, 0.0) for name in names], lower, upper)
    found = minimize(loss, begin, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 300})
    return {name: round(float(value), 3) for name, value in zip(names, found.x, strict=True) if abs(value) > 5e-4}


def _loss(numpy: Any, rivals: _Together, values: Any) -> tuple[float, Any]:
    """Return how unlikely weights make the right rivals, and the slope of that."""
    number, right, weight, undeclared = rivals.number, rivals.right, rivals.weight, rivals.undeclared
    logits = numpy.clip(rivals.matrix @ values, -40, 40)
    odds = numpy.exp(logits)
    whole = 1 + numpy.bincount(number, odds, len(weight))
    none = 1 / whole
    seen = none + undeclared * (1 - none)
    total = (weight * numpy.where(rivals.has_right, numpy.log(whole), -numpy.log(seen))).sum()
    total -= (weight[number] * right * logits).sum()
    factor = numpy.where(rivals.has_right, 1.0, (1 - undeclared) * none / seen)
    return total, rivals.matrix.T @ (weight[number] * (odds / whole[number] * factor[number] - right))


def _together(numpy: Any, kind: str, databases: Sequence[Measured]) -> _Together:
    before = 0
    numbers, weights, undeclared = [], [], []
    for one in databases:
        packed = one.packed[kind]
        numbers.append(packed.number + before)
        weights.append(numpy.full(packed.groups, one.share))
        undeclared.append(numpy.full(packed.groups, one.undeclared if kind == "foreign_key" else 0.0))
        before += packed.groups
    matrix = numpy.concatenate([one.packed[kind].matrix for one in databases])
    number, right = numpy.concatenate(numbers), numpy.concatenate([one.packed[kind].right for one in databases])
    has_right = numpy.bincount(number, right, before) > 0
    return _Together(matrix, number, right, numpy.concatenate(weights), numpy.concatenate(undeclared), has_right)


def estimate_undeclared(databases: Sequence[Measured], weights: Weights) -> list[Measured]:
    """Return the databases with the share of references that each seems to leave out, judged by a first fit."""
    found = []
    for one in databases:
        answers = [answer("foreign_key", group, weights["foreign_key"]) for group in one.groups.foreign_key]
        sure = [given.is_right for given in answers if given.share >= _SURE]
        wrong = (len(sure) - sum(sure) + _UNDECLARED * _PATIENCE) / (len(sure) + _PATIENCE)
        found.append(replace(one, undeclared=min(_MOST, max(_LEAST, wrong))))
    return found


def _packed(names: Sequence[str], found: Sequence[Group]) -> Packed:
    import numpy

    place = {name: number for number, name in enumerate(names)}
    matrix = numpy.zeros((sum(len(group.terms) for group in found), len(names)))
    number: list[int] = []
    right: list[float] = []
    for position, group in enumerate(found):
        for rival, terms in enumerate(group.terms):
            for name, value in terms.items():
                if name in place:
                    matrix[len(number), place[name]] = value
            number.append(position)
            right.append(1.0 if rival == group.right else 0.0)
    return Packed(matrix, numpy.array(number, dtype=int), numpy.array(right), len(found))


def measured(database: Labelled, *, with_rows: bool, depth: Depth | None = None) -> Measured:
    """Return the rivals of a database; it counts by the square root of its size, so no large one speaks for all."""
    found = groups(database, infer(database, with_rows=with_rows, depth=depth))
    packed = {kind: _packed(sorted(signs(kind)), getattr(found, kind)) for kind in _KINDS}
    return Measured(database, found, packed, database.share * 5 / max(5, len(found.foreign_key)) ** 0.5)


def fit_all(databases: Sequence[Measured], prior: Weights, near: Weights | None = None) -> Weights:
    """Return the weights of every kind of key; `near` is where the search for them begins."""
    return {kind: fitted(kind, databases, prior[kind], near[kind] if near else None) for kind in _KINDS}


def _rows_prior(prior: Weights, names: Weights) -> Weights:
    """Names weigh as they do without rows; what only rows say starts where the prior says."""
    found = {kind: {**prior[kind], **names[kind]} for kind in _KINDS}
    found["foreign_key"].update({name: prior["foreign_key"].get(name, 0.0) for name in _ROWS})
    return found


@dataclass(frozen=True, slots=True)
class Stage:
    """What was fitted on databases read so deep, and what it answers on those left out."""

    name: str  # in the report
    depth: str  # in the weights
    weights: Weights
    judged: list[Judged]


def main() -> None:
    """Fit on a folder of labelled databases; with `--write`, into the shipped `weights.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    path = Path(__file__).with_name("weights.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    stages = fit_stages(read_labelled(arguments.folder), document["prior"])
    for stage in stages:
        report(stage.name, stage.judged)
    if arguments.write:
        for kind in _KINDS:
            document[kind] = {stage.depth: stage.weights[kind] for stage in stages}
        document["calibration"] = {
            name: points for stage in stages for name, points in calibrations((stage.depth,), stage.judged).items()
        }
        path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def fit_stages(databases: Sequence[Labelled], prior: Weights) -> list[Stage]:
    """Return what is fitted by names, on samples and on all rows, in this order."""
    names = [measured(one, with_rows=False) for one in databases]
    names = estimate_undeclared(names, fit_all(names, prior))
    by_names = fit_all(names, prior)
    left_out = {
        fold: fit_all([one for one in names if one.database.fold != fold], prior, by_names)
        for fold in _folds(databases)
    }
    stages = [Stage("names", "names", by_names, [_judge(one, left_out[one.database.fold]) for one in names])]
    undeclared = {one.database.name: one.undeclared for one in names}
    for name, stage, depth in (("sample", "sample", _SAMPLED), ("rows", "exact", None)):
        rows = [measured(one, with_rows=True, depth=depth) for one in databases if one.dsn]
        rows = [replace(one, undeclared=undeclared[one.database.name]) for one in rows]
        weights = fit_all(rows, _rows_prior(prior, by_names))
        stages.append(Stage(name, stage, weights, _judged_left_out(rows, prior, left_out, weights)))
    return stages


def _judged_left_out(
    databases: Sequence[Measured], prior: Weights, by_names: Mapping[str, Weights], near: Weights
) -> list[Judged]:
    """Judge each fold with weights that were fitted on the rows of the others."""
    found: list[Judged] = []
    for fold in _folds([one.database for one in databases]):
        others = [one for one in databases if one.database.fold != fold]
        weights = fit_all(others, _rows_prior(prior, by_names[fold]), near)
        found.extend(_judge(one, weights) for one in databases if one.database.fold == fold)
    return found


def _folds(databases: Sequence[Labelled]) -> list[str]:
    return sorted({one.fold for one in databases})


def _judge(one: Measured, weights: Weights) -> Judged:
    answers: list[Answer] = []
    for kind in _KINDS:
        answers.extend(answer(kind, group, weights[kind]) for group in getattr(one.groups, kind))
    return Judged(one.database, one.share * (1 - one.undeclared), tuple(answers))


if __name__ == "__main__":
    main()
