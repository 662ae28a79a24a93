"""Databases whose keys are known, as the fitting script reads them: one JSON file each, and the terms they give.

A file holds the Catalog with the keys taken out, the keys as the truth, and where its rows may be read:
`{"name", "share", "catalog", "primary_keys": [[schema, table, [columns]]], "foreign_keys": [[schema, table,
[columns], schema, table, [columns]]], "dsn", "filled": [[schema, table]], "group", "fold"}`. For development.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onboard.catalog.canonical import from_json
from onboard.catalog.dsn import parse_dsn
from onboard.catalog.structure import Catalog, TableName
from onboard.inference.answers import Answers
from onboard.inference.candidates import Edge
from onboard.inference.composite import CompositeEdge
from onboard.inference.depth import Depth
from onboard.inference.from_rows import add_row_evidence
from onboard.inference.inferred import Inferred, infer_from_names
from onboard.inference.key_candidates import KeyCandidate
from onboard.inference.rows import open_rows

Key = tuple[TableName, tuple[str, ...]]
Reference = tuple[TableName, frozenset[tuple[str, str]], TableName]
Terms = dict[str, float]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One database with its truth."""

    name: str
    share: float  # how much it counts in a fit, 1 for a real one
    catalog: Catalog
    primary_keys: frozenset[Key]  # columns sorted
    foreign_keys: frozenset[Reference]
    dsn: str  # empty: only names are fitted on it
    filled: frozenset[TableName]  # tables with rows; where there are some, only these count
    group: str = ""  # reported together
    fold: str = ""  # left out together: the same database with other keys hidden, or several small ones

    def counts(self, table: TableName) -> bool:
        """Whether the keys of a table are known: of one without rows they may not be documented."""
        return not self.filled or table in self.filled


@dataclass(frozen=True, slots=True)
class Group:
    """Rivals of which at most one is right."""

    terms: tuple[Terms, ...]
    right: int | None


@dataclass(frozen=True, slots=True)
class Groups:
    """All rivals of one database."""

    primary_key: tuple[Group, ...]
    foreign_key: tuple[Group, ...]
    composite: tuple[Group, ...]


def read_labelled(folder: Path) -> list[Labelled]:
    """Return the databases of a folder, by file name."""
    return [_labelled(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))]


def _labelled(document: Any) -> Labelled:  # Any: as `json` gives it
    return Labelled(
        document["name"],
        float(document.get("share", 1.0)),
        from_json(json.dumps(document["catalog"])),
        frozenset(
            (TableName(schema, table), tuple(sorted(columns))) for schema, table, columns in document["primary_keys"]
        ),
        frozenset(
            (TableName(schema, table), frozenset(zip(ours, theirs, strict=True)), TableName(parent_schema, parent))
            for schema, table, ours, parent_schema, parent, theirs in document["foreign_keys"]
        ),
        document.get("dsn", ""),
        frozenset(TableName(schema, table) for schema, table in document.get("filled", [])),
        document.get("group", ""),
        document.get("fold", document["name"]),
    )


def infer(database: Labelled, *, with_rows: bool, depth: Depth | None = None) -> Inferred:
    """Return what the shipped weights infer, rows included where asked, as deep as asked."""
    inferred = infer_from_names(database.catalog, Answers())
    if with_rows:
        with open_rows(parse_dsn(database.dsn)) as rows:
            add_row_evidence(inferred, rows, None, lambda _: None, depth)
    return inferred


def groups(database: Labelled, inferred: Inferred) -> Groups:
    """Return the terms of all rivals with the right one marked; where tables hold rows, those of such tables."""
    return Groups(
        tuple(
            _group((key.terms, _key(key) in database.primary_keys) for key, _ in choice.ranked)
            for choice in inferred.keys
            if choice.ranked and database.counts(choice.table.name)
        ),
        tuple(
            _group((edge.terms, _single(edge) in database.foreign_keys) for edge in choice.edges)
            for choice in inferred.choices
            if database.counts(choice.child.table.name)
        ),
        tuple(
            _group((edge.terms, _several(edge) in database.foreign_keys) for edge in choice.edges)
            for choice in inferred.composites
            if database.counts(choice.edges[0].table.name)
        ),
    )


def _key(key: KeyCandidate) -> Key:
    return key.table.name, tuple(sorted(key.names))


def _single(edge: Edge) -> Reference:
    return edge.child.table.name, frozenset({(edge.child.name, edge.parent.only.name)}), edge.parent.table.name


def _several(edge: CompositeEdge) -> Reference:
    return edge.table.name, frozenset(zip(edge.names, edge.parent.names, strict=True)), edge.parent.table.name


def _group(rivals: Iterable[tuple[Terms, bool]]) -> Group:
    listed = list(rivals)
    right = [number for number, (_, is_right) in enumerate(listed) if is_right]
    return Group(tuple(terms for terms, _ in listed), right[0] if right else None)
