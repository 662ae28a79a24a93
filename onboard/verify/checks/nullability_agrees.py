"""A field takes NULL exactly where its column does. Generated columns are left out: nobody writes them."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.verify.check import Check, Held
from onboard.verify.differences import Difference, Severity


def _find(held: Held) -> Iterator[Difference]:
    for claimed in held.claimed.columns:
        actual = held.columns.get(claimed.name)
        if actual is None or actual.generated is not None or claimed.name in held.claimed.primary_key:
            continue
        if claimed.is_nullable and not actual.is_nullable:
            yield held.differs(
                "null_forbidden",
                Severity.BREAKS,
                claimed.name,
                model="`null=True`",
                database="not null",
                remedy="Take `null=True` off the field.",
            )
        elif actual.is_nullable and not claimed.is_nullable:
            yield held.differs(
                "null_allowed",
                Severity.LIES,
                claimed.name,
                model="not null",
                database="null is allowed",
                remedy="Give the field `null=True`.",
            )


CHECK = Check(("null_forbidden", "null_allowed"), _find)
