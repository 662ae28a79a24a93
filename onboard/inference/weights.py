"""Reads `weights.json`: the word lists, the weight of every signal at every stage, and the calibration.

The weights are fitted by `fit.py`; the lists hold words of the language and of database naming.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onboard.inference.proposals import Measured


@dataclass(frozen=True, slots=True)
class Weights:
    """What is learnt and listed; weights are log-odds per unit of a signal."""

    words: Mapping[str, frozenset[str]]
    irregular_singulars: Mapping[str, str]
    primary_key: Mapping[Measured, Mapping[str, float]]
    foreign_key: Mapping[Measured, Mapping[str, float]]
    composite: Mapping[Measured, Mapping[str, float]]
    calibration: Mapping[str, tuple[tuple[float, float], ...]]  # by "foreign_key names" and so on: raw, then calibrated


@cache
def weights() -> Weights:
    """Return the shipped weights."""
    text = files("onboard.inference").joinpath("weights.json").read_text(encoding="utf-8")
    return parse_weights(text)


def parse_weights(text: str) -> Weights:
    """Return the weights a JSON text holds; a list of words is one string, separated by spaces."""
    document = json.loads(text)
    listed = {name: value for name, value in document["words"].items() if isinstance(value, str)}
    return Weights(
        words={name: frozenset(value.split()) for name, value in listed.items()},
        irregular_singulars=dict(document["words"]["irregular_singulars"]),
        primary_key={Measured(stage): dict(terms) for stage, terms in document["primary_key"].items()},
        foreign_key={Measured(stage): dict(terms) for stage, terms in document["foreign_key"].items()},
        composite={Measured(stage): dict(terms) for stage, terms in document["composite"].items()},
        calibration={
            name: tuple((float(raw), float(right)) for raw, right in points)
            for name, points in document["calibration"].items()
        },
    )
