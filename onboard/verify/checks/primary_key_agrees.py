"""The model's primary key is the table's.

While Django does not own the table, a model may stand on a key that nobody declared (an inferred one). Once it does,
it groups by the key alone, which PostgreSQL refuses where the key is not declared. SQLite does not mind.
A key that no model can have is not claimed, and that is no lie.
"""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.generated_key import has_generated_key
from onboard.verify.check import Check, Held
from onboard.verify.differences import Difference, Severity


def _find(held: Held) -> Iterator[Difference]:
    claimed = held.claimed.primary_key
    actual = held.table.primary_key.columns if held.table.primary_key else ()
    if actual and claimed and set(actual) != set(claimed):
        yield _differs(held, "primary_key_differs", Severity.LIES, "Make the model's key the table's key.")
    elif actual and not claimed and not has_generated_key(held.table):
        yield _differs(held, "primary_key_unclaimed", Severity.LIES, "Run `onboard generate`: the table has a key.")
    elif claimed and not actual and held.claimed.is_managed and held.engine != "sqlite":
        yield _differs(held, "primary_key_missing", Severity.BREAKS, _declared(held))


def _declared(held: Held) -> str:
    name = held.table.name
    columns = ", ".join(_quoted(column) for column in held.claimed.primary_key)
    statement = f"alter table {_quoted(name.schema)}.{_quoted(name.name)} add primary key ({columns})"
    return f"Declare the key: `{statement}`. Django groups by it alone, which PostgreSQL refuses until then."


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _differs(held: Held, kind: str, severity: Severity, remedy: str) -> Difference:
    actual = held.table.primary_key.columns if held.table.primary_key else ()
    claimed = held.claimed.primary_key
    return held.differs(
        kind,
        severity,
        "",
        model=f"primary key ({', '.join(claimed)})" if claimed else "no primary key",
        database=f"primary key ({', '.join(actual)})" if actual else "no primary key",
        remedy=remedy,
    )


CHECK = Check(("primary_key_differs", "primary_key_unclaimed", "primary_key_missing"), _find)
