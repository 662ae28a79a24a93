"""What a database engine declares, and the collection of those that exist: one file (or package) an engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import onboard.catalog.engines
from onboard.catalog.snapshot import Selection, Snapshot
from onboard.declared import declared

if TYPE_CHECKING:
    from onboard.catalog.ddl import Ddl
    from onboard.catalog.dsn import Dsn
    from onboard.catalog.structure import Catalog


class DuplicateScheme(Exception):
    """Two engines claim the same DSN scheme or Django backend."""


@dataclass(frozen=True, slots=True)
class Engine:
    """How one kind of database is named, addressed and read."""

    name: str  # "postgresql": what `Dsn.engine` and `Catalog.engine` say
    schemes: tuple[str, ...]  # of DSNs
    backends: tuple[str, ...]  # dotted ENGINEs of Django's DATABASES
    address: Callable[[Mapping[str, object]], Dsn]  # an entry of Django's DATABASES -> Dsn
    read: Callable[[Dsn, Selection], Snapshot]
    ddl: Callable[[Dsn, Catalog], Ddl]  # the statements that make what the Catalog holds, and what it cannot hold


def engines() -> tuple[Engine, ...]:
    """Return every engine there is, in the order of their names; DuplicateScheme where two claim the same."""
    found = declared(onboard.catalog.engines, "ENGINE", Engine)
    by_claim(found, lambda engine: engine.schemes)
    by_claim(found, lambda engine: engine.backends)
    return found


def by_claim(found: tuple[Engine, ...], claims: Callable[[Engine], tuple[str, ...]]) -> dict[str, Engine]:
    """Return the engines by what each of them claims; DuplicateScheme where two claim the same."""
    claimed: dict[str, Engine] = {}
    for engine in found:
        for claim in claims(engine):
            if claim in claimed:
                raise DuplicateScheme(f"{claim!r} is claimed by {claimed[claim].name} and {engine.name}")
            claimed[claim] = engine
    return claimed
