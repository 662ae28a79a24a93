"""Catalog + Decisions -> one draft model a table, written by Django's own inspectdb over placeholders.

Nothing from the database gets into the text: tables are `t12`, columns `c3`, and defaults, comments and
collations are not told. The passes give everything its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.management.commands.inspectdb import Command
from django.db import connections

from onboard.catalog.structure import Catalog, TableName
from onboard.decisions.decisions import Decisions
from onboard.declared import declared
from onboard.draft import feeds
from onboard.draft.feed import Feed, StandIn
from onboard.draft.sheet import Sheet, neutral_sheets, plain_sheets

_ALIAS = "onboard_draft"


@dataclass(frozen=True, slots=True)
class DraftModel:
    """What inspectdb wrote of one table: a class statement, with `c3` for columns and `T12` for tables."""

    table: TableName
    text: str


def draft_models(catalog: Catalog, decisions: Decisions) -> tuple[DraftModel, ...]:
    """Return the draft of every decided table, in the order of the decisions."""
    sheets = neutral_sheets(catalog, decisions)
    chunks: list[list[str]] = []
    for line in _inspectdb(catalog.engine, sheets):
        if line.startswith("class "):
            chunks.append([])
        if chunks:
            chunks[-1].append(line)
    return tuple(
        DraftModel(sheet.table.name, "\n".join(lines).rstrip() + "\n")
        for sheet, lines in zip(sheets, chunks, strict=True)
    )


def plain_text(catalog: Catalog) -> str:
    """Return what stock inspectdb would print of this database, real names and mistakes included."""
    return "".join(f"{line}\n" for line in _inspectdb(catalog.engine, plain_sheets(catalog)))


def _inspectdb(engine: str, sheets: tuple[Sheet, ...]) -> Iterator[str]:
    feed = next(feed for feed in declared(feeds, "FEED", Feed) if feed.engine == engine)
    # The handler keeps what is set on it for this thread and never asks the settings about it,
    # so that no settings are configured: the person's own may be loaded later in this process.
    connections[_ALIAS] = StandIn(feed, sheets)  # type: ignore[assignment]
    try:
        options = {
            "database": _ALIAS,
            "table": [sheet.label for sheet in sheets],
            "include_partitions": False,
            "include_views": False,
        }
        yield from Command().handle_inspection(options)
    finally:
        del connections[_ALIAS]
