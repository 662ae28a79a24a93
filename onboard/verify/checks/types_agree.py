"""A column has the type its field would write.

A ForeignKey has the type of its target and cannot say another: there it is enough that the two can be joined. The key
of a join table that Django makes has what DEFAULT_AUTO_FIELD said in the migration, or what the AppConfig says in the
running project: it is enough that both are integers, for nothing refers to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from onboard.verify.check import Check, Held
from onboard.verify.column_types import families_agree, types_agree
from onboard.verify.differences import Difference, Severity


def _find(held: Held) -> Iterator[Difference]:
    for claimed in held.claimed.columns:
        actual = held.columns.get(claimed.name)
        agree = families_agree if claimed.is_relation or claimed.is_join_key else types_agree
        if actual is not None and not agree(held.engine, claimed.type, actual.type):
            yield held.differs(
                "type_differs",
                Severity.LIES,
                claimed.name,
                model=f"`{claimed.type}` (field `{claimed.field}`)",
                database=f"`{actual.type.sql}`",
                remedy="Give the field the column's type; once the table is promoted, a migration may change it.",
            )


CHECK = Check(("type_differs",), _find)
