"""Two Catalogs -> what became different between two scans, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onboard.catalog.structure import Catalog, Table

_NAMED = {"columns", "uniques", "foreign_keys", "checks", "exclusions", "indexes"}
_ELSEWHERE = ("types", "sequences", "functions", "extensions", "left_out")


def drift(before: Catalog, now: Catalog) -> tuple[str, ...]:
    """Return a line for everything that came, went or changed; nothing where both are the same structure."""
    lines = list(_tables(before, now))
    for part in _ELSEWHERE:
        if getattr(before, part) != getattr(now, part):
            lines.append(f"{part.replace('_', ' ')}: changed")
    if before.schemas != now.schemas or before.engine != now.engine:
        lines.append(f"scanned: {before.engine} {', '.join(before.schemas)} -> {now.engine} {', '.join(now.schemas)}")
    return tuple(lines)


def _tables(before: Catalog, now: Catalog) -> Iterator[str]:
    old = {table.name: table for table in before.tables}
    new = {table.name: table for table in now.tables}
    for name in sorted({*old, *new}):
        if name not in new:
            yield f"{name}: gone"
        elif name not in old:
            yield f"{name}: new"
        elif old[name] != new[name]:
            yield from (f"{name}: {line}" for line in _table(old[name], new[name]))


def _table(before: Table, now: Table) -> Iterator[str]:
    for field in fields(before):
        was, is_ = getattr(before, field.name), getattr(now, field.name)
        if was == is_:
            continue
        kind = field.name.replace("_", " ")
        if field.name in _NAMED:
            yield from _parts(kind.removesuffix("s"), _by_name(was), _by_name(is_))
        else:
            yield f"{kind} changed"


def _parts(kind: str, was: Mapping[str, object], is_: Mapping[str, object]) -> Iterator[str]:
    changes = list(_changes(kind, was, is_))
    yield from changes or [f"{kind}s are in another order"]


def _changes(kind: str, was: Mapping[str, object], is_: Mapping[str, object]) -> Iterator[str]:
    for name in sorted({*was, *is_}):
        if name not in is_:
            yield f"{kind} {name} is gone"
        elif name not in was:
            yield f"{kind} {name} is new"
        elif was[name] != is_[name]:
            yield f"{kind} {name} changed"


def _by_name(parts: tuple[object, ...]) -> Mapping[str, object]:
    return {str(getattr(part, "name", "")) or str(number): part for number, part in enumerate(parts)}
