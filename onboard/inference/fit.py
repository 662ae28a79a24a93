"""Fits the weights of the signals on labelled databases, and judges the fit leaving one database out.

    python -m onboard.inference.fit FOLDER [--write]

Needs numpy and scipy, which onboard itself does not. A column's choice is among its rivals and none at all
(multinomial logit); weights keep the sign their signal declares and are drawn towards the shipped ones. A declared
schema leaves out references that exist all the same, so a confident answer where the truth says none costs a bounded
price (`_UNDECLARED`). Rows are fitted with the weights by names as the prior: what names say does not change.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from onboard.inference.isotonic import isotonic
from onboard.inference.key_score import all_key_signals
from onboard.inference.labelled import Group, Groups, Labelled, groups, infer, read_labelled
from onboard.inference.pair_score import all_pair_signals
from onboard.inference.score import BIAS, all_signals, shares

_UNDECLARED = 0.15  # share of real references that a declared schema leaves out
_MORE_LIKELY = 0.5
_PULL = 1.0  # of the prior, as a precision
_KINDS = ("primary_key", "foreign_key", "composite")
Weighted = Sequence[tuple[float, Sequence[Group]]]


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


def fitted(kind: str, data: Weighted, prior: Mapping[str, float]) -> dict[str, float]:
    """Return the weights that make the right rivals likeliest; `data` has the weight of each database."""
    import numpy  # type: ignore[import-not-found, unused-ignore]  # a tool of development, not installed with onboard
    from scipy.optimize import minimize  # type: ignore[import-not-found, import-untyped, unused-ignore]

    names = sorted(signs(kind))
    matrix, number, right, weight = _packed(numpy, names, data)
    count = len(weight)
    start = numpy.array([prior.get(name, 0.0) for name in names])
    has_right = numpy.bincount(number, right, count) > 0
    undeclared = _UNDECLARED if kind == "foreign_key" else 0.0

    def loss(values: Any) -> tuple[float, Any]:  # Any: numpy is not installed where types are checked
        logits = numpy.clip(matrix @ values, -40, 40)
        odds = numpy.exp(logits)
        whole = 1 + numpy.bincount(number, odds, count)
        none = 1 / whole
        seen = none + undeclared * (1 - none)
        total = (weight * numpy.where(has_right, numpy.log(whole), -numpy.log(seen))).sum()
        total -= (weight[number] * right * logits).sum()
        factor = numpy.where(has_right, 1.0, (1 - undeclared) * none / seen)
        slope = matrix.T @ (weight[number] * (odds / whole[number] * factor[number] - right))
        return total + 0.5 * _PULL * ((values - start) ** 2).sum(), slope + _PULL * (values - start)

    sides = [signs(kind)[name] for name in names]
    bounds = [(0 if side > 0 else None, 0 if side < 0 else None) for side in sides]
    lower = [0.0 if side > 0 else -99.0 for side in sides]
    upper = [0.0 if side < 0 else 99.0 for side in sides]
    begin = numpy.clip(start, lower, upper)
    found = minimize(loss, begin, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 300})
    return {name: round(float(value), 3) for name, value in zip(names, found.x, strict=True) if abs(value) > 5e-4}


def _packed(numpy: Any, names: Sequence[str], data: Weighted) -> tuple[Any, Any, Any, Any]:
    place = {name: number for number, name in enumerate(names)}
    rows: list[Any] = []
    number: list[int] = []
    right: list[float] = []
    weight: list[float] = []
    for share, found in data:
        for group in found:
            for position, terms in enumerate(group.terms):
                row = numpy.zeros(len(names))
                for name, value in terms.items():
                    if name in place:
                        row[place[name]] = value
                rows.append(row)
                number.append(len(weight))
                right.append(1.0 if position == group.right else 0.0)
            weight.append(share)
    return numpy.array(rows), numpy.array(number), numpy.array(right), numpy.array(weight)


def _share(database: Labelled, found: Groups) -> float:
    """Databases count by the square root of their size, so that no large one speaks for all."""
    return float(database.share * 5 / max(5, len(found.foreign_key)) ** 0.5)


def fit_all(measured: Sequence[tuple[Labelled, Groups]], prior: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    """Return the weights of every kind of key."""
    return {
        kind: fitted(kind, [(_share(one, found), getattr(found, kind)) for one, found in measured], prior[kind])
        for kind in _KINDS
    }


def main() -> None:
    """Fit on a folder of labelled databases; with `--write`, into the shipped `weights.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    path = Path(__file__).with_name("weights.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    databases = read_labelled(arguments.folder)
    prior = {kind: document[kind]["names"] for kind in _KINDS}
    for stage, with_rows in (("names", False), ("exact", True)):
        usable = [one for one in databases if one.dsn or not with_rows]
        measured = [(one, groups(one, infer(one, with_rows=with_rows), with_rows=with_rows)) for one in usable]
        found = fit_all(measured, prior)
        calibration = _judge(stage, measured, prior)
        for kind in _KINDS:
            for reached in ("sample", "exact") if with_rows else ("names",):
                document[kind][reached] = found[kind]
                document["calibration"][f"{kind} {reached}"] = calibration[f"{kind} {stage}"]
        prior = found
    if arguments.write:
        path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _judge(
    stage: str, measured: Sequence[tuple[Labelled, Groups]], prior: Mapping[str, Mapping[str, float]]
) -> dict[str, list[tuple[float, float]]]:
    """Print how each database fares with weights fitted without it; return the calibration that follows."""
    answers: dict[str, list[tuple[float, float, float]]] = {kind: [] for kind in _KINDS}
    for left, found in measured:
        others = [(one, groups) for one, groups in measured if one is not left]
        for kind, weight in fit_all(others, prior).items():
            ranked = [_answer(group, weight) for group in getattr(found, kind)]
            answers[kind].extend((share, float(is_right), _share(left, found)) for share, is_right in ranked)
            right = sum(is_right and share > _MORE_LIKELY for share, is_right in ranked)
            given = sum(share > _MORE_LIKELY for share, _ in ranked)
            known = sum(group.right is not None for group in getattr(found, kind))
            sys.stdout.write(f"{stage} {left.name} {kind}: {right} right of {given} given, {known} known\n")
    return {f"{kind} {stage}": isotonic(found) for kind, found in answers.items()}


def _answer(group: Group, weight: Mapping[str, float]) -> tuple[float, bool]:
    """Return the share of the likeliest rival, and whether it is the right one."""
    given = shares([sum(value * weight.get(name, 0.0) for name, value in terms.items()) for terms in group.terms])
    best = max(range(len(given)), key=lambda number: given[number])
    return given[best], best == group.right


if __name__ == "__main__":
    main()
