"""Comments of the table and its columns are what the model says. Only where the backend knows comments."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.verify.check import Check, Held
from onboard.verify.differences import Difference, Severity


def _find(held: Held) -> Iterator[Difference]:
    if held.engine == "sqlite":
        return
    pairs = [("", held.claimed.comment, held.table.comment)]
    for claimed in held.claimed.columns:
        if claimed.name in held.columns:
            pairs.append((claimed.name, claimed.comment, held.columns[claimed.name].comment))
    for place, said, actual in pairs:
        if (said or "") != (actual or ""):
            yield held.differs(
                "comment_differs",
                Severity.COSMETIC,
                place,
                model=repr(said) if said else "no comment",
                database=repr(actual) if actual else "no comment",
                remedy="Make `db_table_comment` say it." if not place else "Make `db_comment` of the field say it.",
            )


CHECK = Check(("comment_differs",), _find)
