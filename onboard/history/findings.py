"""The Findings of a check-up: what is wrong, why it will hurt and when, and the command that mends it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

FORMAT = "onboard-doctor/1"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with the memory of a project."""

    kind: str  # the check-up's word for it: `applied_but_missing`
    app: str  # label; "" where it is no single app's
    place: str  # a migration, a table, a column, a file
    what: str
    why: str  # what will go wrong, and when
    mend: str  # a command, or an edit


def as_json(findings: Iterable[Finding]) -> str:
    """Return the document of `doctor --json`."""
    return json.dumps({"format": FORMAT, "findings": [asdict(one) for one in findings]}, indent=2) + "\n"
