"""A column sorts and compares by the collation its field names."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.verify.check import Check, Held
from onboard.verify.differences import Difference, Severity


def _find(held: Held) -> Iterator[Difference]:
    for claimed in held.claimed.columns:
        actual = held.columns.get(claimed.name)
        if actual is None or not _is_text(claimed.type) or _plain(claimed.collation) == _plain(actual.collation):
            continue
        yield held.differs(
            "collation_differs",
            Severity.LIES,
            claimed.name,
            model=f"`{claimed.collation}`" if claimed.collation else "the database's own collation",
            database=f"`{actual.collation}`" if actual.collation else "the database's own collation",
            remedy="Make `db_collation` of the field say what the column has.",
        )


def _is_text(written_type: str) -> bool:
    """Only fields of these types take `db_collation`; elsewhere Django cannot say it."""
    return written_type.lower().startswith(("varchar", "text", "char", "character"))


def _plain(collation: str | None) -> str:
    """A collation without quotes and schema; SQLite's `BINARY` is what stands where none is named."""
    name = (collation or "").replace('"', "").rpartition(".")[2]
    return "" if name.upper() == "BINARY" else name


CHECK = Check(("collation_differs",), _find)
