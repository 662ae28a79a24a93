"""Terms that many have in common: what the same signals have seen alike is kept, and weighed, once.

Terms are what signals see, by the names of the signals, zeros left out. Knows nothing of what was looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onboard.inference.proposals import Measured


@dataclass(slots=True, eq=False)
class SharedTerms:
    """Terms that never change."""

    terms: dict[str, float]
    logits: dict[Measured, float] = field(default_factory=dict)  # their sum, by the stage whose weights made it
    stage: Measured | None = None  # the last of these, and its sum: looked at for each edge, so a look-up is saved
    latest: float = 0.0

    def logit(self, weight: Mapping[str, float], stage: Measured) -> float:
        """Return the sum of the terms with the weights of a stage."""
        known = self.logits.get(stage)
        if known is None:
            known = self.logits[stage] = sum([value * weight.get(name, 0.0) for name, value in self.terms.items()])
        self.stage, self.latest = stage, known
        return known


NOTHING = SharedTerms({})


@dataclass(slots=True, eq=False)
class Way:
    """What is seen of a parent and of how a name leads there; or, all of a child."""

    parts: tuple[SharedTerms, ...]
    asks: int  # the signals that fit them, as bits
    logits: dict[Measured, float] = field(default_factory=dict)
    stage: Measured | None = None  # as of SharedTerms
    latest: float = 0.0

    @property
    def terms(self) -> dict[str, float]:
        """All terms together."""
        return {name: value for part in self.parts for name, value in part.terms.items()}

    def logit(self, weight: Mapping[str, float], stage: Measured) -> float:
        """Return the sum of the terms with the weights of a stage."""
        known = self.logits.get(stage)
        if known is None:
            known = self.logits[stage] = sum([part.logit(weight, stage) for part in self.parts])
        self.stage, self.latest = stage, known
        return known


class TermSets:
    """The terms of everything that some signals are asked of: the same values are the same SharedTerms."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.known: dict[tuple[float, ...], SharedTerms] = {}

    def of(self, values: tuple[float, ...]) -> SharedTerms:
        """Return the terms that these values are, which come in the order of the names."""
        known = self.known.get(values)
        if known is None:
            terms = {name: float(value) for name, value in zip(self.names, values, strict=True) if value}
            known = self.known[values] = SharedTerms(terms) if terms else NOTHING
        return known
