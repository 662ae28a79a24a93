"""Every index the model believes in is there and usable, and no plain one is there that it does not know.

Indexes behind a constraint belong to the other checks, and so do unique ones. A name that Django refuses in a model
(it begins with an underscore or a digit) may be another there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onboard.catalog.structure import Index
from onboard.verify.check import Check, Held
from onboard.verify.claims import ClaimedIndex
from onboard.verify.differences import Difference, Severity
from onboard.verify.expression_truth import Reading


def _find(held: Held) -> Iterator[Difference]:
    by_name = {index.name: index for index in held.table.indexes}
    matched: set[str] = set()
    for claimed in held.claimed.indexes:
        index = by_name.get(claimed.name or "") or _alike(held, claimed, matched)
        if index is None:
            yield _differs(held, claimed, "index_missing", "no such index")
            continue
        matched.add(index.name)
        yield from _matched(held, claimed, index)
    named = {unique.name for unique in held.claimed.uniques}
    for index in held.table.indexes:
        if index.name not in matched | named and _is_ordinary(index) and not _is_covered(held, index):
            yield _unclaimed(held, index)


def _matched(held: Held, claimed: ClaimedIndex, index: Index) -> Iterator[Difference]:
    if not _agrees(held, claimed, index):
        yield _differs(held, claimed, "index_differs", f"`{index.definition or index.name}`")
    elif not index.is_valid:
        yield _differs(held, claimed, "index_invalid", "the index is not valid: a build of it was cut off")
    elif claimed.name and claimed.name != index.name and not _is_renamed_of_need(held, index):
        yield held.differs(
            "index_name_differs",
            Severity.COSMETIC,
            index.name,
            model=f"`{claimed.name}`",
            database=f"`{index.name}`",
            remedy="Give the index its name in the database: Django drops it by name.",
        )


def _is_renamed_of_need(held: Held, index: Index) -> bool:
    """Whether Django would refuse the name: for its first letter, or because another table has one like it."""
    return index.name[:1] in "_0123456789" or index.name.lower() in held.shared_names


def _alike(held: Held, claimed: ClaimedIndex, matched: set[str]) -> Index | None:
    """The first index over the same columns; a key's own index serves a field that merely wants one."""
    if not claimed.columns and claimed.definition is None:
        return None
    for index in held.table.indexes:
        is_free = index.name not in matched and (index.constraint is None or claimed.name is None)
        if is_free and _agrees(held, claimed, index):
            return index
    return None


def _agrees(held: Held, claimed: ClaimedIndex, index: Index) -> bool:
    if claimed.definition is not None:
        return held.may_be_same(claimed.definition, _behind_the_table(index), Reading.FILTER)
    if claimed.columns and index.columns != claimed.columns:
        return False
    if claimed.columns and claimed.name and tuple(part.is_descending for part in index.parts) != claimed.descending:
        return False
    if claimed.is_partial is not (index.predicate is not None):
        return False
    if claimed.condition is None or index.predicate is None:
        return True
    return held.may_be_same(claimed.condition, index.predicate, Reading.FILTER)


def _behind_the_table(index: Index) -> str:
    """What follows the table's name in the definition, from the method or the first parenthesis on."""
    words = re.search(r" USING .*", index.definition, re.DOTALL) or re.search(r"\(.*", index.definition, re.DOTALL)
    return words[0] if words else index.definition


def _is_ordinary(index: Index) -> bool:
    """Whether a model could simply name it; what needs operator classes or expressions it may leave out."""
    plain_parts = all(part.operator_class is None and part.collation is None for part in index.parts)
    return index.constraint is None and not index.is_unique and index.is_plain and index.is_valid and plain_parts


def _is_covered(held: Held, index: Index) -> bool:
    """Whether the model wants an index over exactly these columns anyway, and this is a second one like it."""
    return any(claimed.columns == index.columns for claimed in held.claimed.indexes)


def _differs(held: Held, claimed: ClaimedIndex, kind: str, database: str) -> Difference:
    over = f"({', '.join(claimed.columns)})" if claimed.columns else "expressions"
    return held.differs(
        kind,
        Severity.LIES,
        claimed.name or ", ".join(claimed.columns),
        model=f"an index over {over}",
        database=database,
        remedy="Say `db_index=False` or take the index out of `Meta.indexes`; a migration may add it later.",
    )


def _unclaimed(held: Held, index: Index) -> Difference:
    return held.differs(
        "index_unclaimed",
        Severity.LIES,
        index.name,
        model="no index",
        database=f"an index over ({', '.join(index.columns)})",
        remedy="Run `onboard scan` and `onboard generate`, or add it to `Meta.indexes` by this name.",
    )


CHECK = Check(("index_missing", "index_differs", "index_invalid", "index_name_differs", "index_unclaimed"), _find)
