from __future__ import annotations

from pathlib import Path

from onboard.declared import declared
from onboard.verify import checks
from onboard.verify.check import Check

DOCUMENTATION = Path(__file__).parents[2] / "docs/promotion.md"


def test_every_kind_of_difference_is_documented() -> None:
    text = DOCUMENTATION.read_text()
    missing = [kind for check in declared(checks, "CHECK", Check) for kind in check.kinds if f"`{kind}`" not in text]
    assert missing == []


def test_no_two_checks_find_the_same_kind() -> None:
    kinds = [kind for check in declared(checks, "CHECK", Check) for kind in check.kinds]
    assert len(kinds) == len(set(kinds))
