"""Differences as lines for a person and as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from onboard.verify.differences import Difference, Severity

FORMAT = "onboard-verify/1"


def in_one_line(difference: Difference) -> str:
    """Return a difference without its table: `total: the model says ..., the database says ... (type_differs)`."""
    place = f"`{difference.place}`: " if difference.place else ""
    text = f"{place}the model says {difference.model}, the database {difference.database} ({difference.kind})"
    return " ".join(text.split())


def is_grave(difference: Difference) -> bool:
    """Whether a promotion may not go over it: everything but what is cosmetic, or could not be compared."""
    return difference.severity in (Severity.BREAKS, Severity.LIES)


def as_json(differences: Iterable[Difference], uncompared: Iterable[Difference] = ()) -> str:
    """Return the document of `verify --json`."""
    parts = {"differences": differences, "not_compared": uncompared}
    rows = {name: [{**asdict(one), "severity": one.severity.value} for one in part] for name, part in parts.items()}
    return json.dumps({"format": FORMAT, **rows}, indent=2, ensure_ascii=False) + "\n"
