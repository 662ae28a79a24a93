"""Writes labelled files for `python -m onboard.inference.fit` from a database that declares its keys.

Not a test: it reads a database whose declared keys are the truth, and writes its Catalog with these taken out, once
without foreign keys (`NAME.fk.json`) and once without any key or index (`NAME.all.json`):

    python tests/bench/label_database.py DSN --name shop --group mine --into FOLDER [--rows]

`onboard/inference/labelled.py` says what a file holds. `--documented` names a JSON file whose `fks` lists keys that
hold without being declared: `[[table, [columns], table, [columns]], ...]`. Where several schemas have a table of one
name, its schema stands before it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from onboard.catalog.canonical import to_json
from onboard.catalog.dsn import parse_dsn
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.catalog.structure import Catalog, Table, TableName
from onboard.inference.rows import open_rows

Reference = tuple[str, str, tuple[str, ...], str, str, tuple[str, ...]]
Listed = tuple[str, Sequence[str], str, Sequence[str]]  # a table may be spelled with its schema


def main() -> None:
    """Write both files."""
    options = _options()
    dsn = parse_dsn(options.dsn)
    snapshot = read_snapshot(dsn, Selection(schemas=tuple(options.schema)))
    catalog = replace(snapshot.catalog, tables=(*snapshot.catalog.tables, *snapshot.views))
    references = sorted({*_declared(catalog), *documented(catalog, _listed(options.documented))})
    document = {
        "share": options.share,
        "group": options.group,
        "fold": options.fold or options.name,
        "primary_keys": [
            [*_spelled(table.name), list(table.primary_key.columns)] for table in catalog.tables if table.primary_key
        ],
        "foreign_keys": references,
        "dsn": options.dsn if options.rows else "",
        "filled": sorted(_spelled(name) for name in _filled(options.dsn, catalog)) if options.rows else [],
    }
    for kind, hidden in (("fk", _without_references(catalog)), ("all", _without_keys(catalog))):
        name = f"{options.name}.{kind}"
        text = json.dumps({"name": name, **document, "catalog": json.loads(to_json(hidden))})
        (options.into / f"{name}.json").write_text(text, encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write labelled files from a database that declares its keys.")
    parser.add_argument("dsn")
    parser.add_argument("--name", required=True)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--schema", action="append", default=[])
    parser.add_argument("--group", default="")
    parser.add_argument("--fold", default="")
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--documented", type=Path)
    parser.add_argument("--rows", action="store_true", help="fit on its rows too")
    return parser.parse_args()


def _spelled(name: TableName) -> tuple[str, str]:
    return name.schema, name.name


def _declared(catalog: Catalog) -> Iterator[Reference]:
    for table in catalog.tables:
        for key in table.foreign_keys:
            yield (*_spelled(table.name), key.columns, *_spelled(key.references), key.referenced_columns)


def _listed(path: Path | None) -> Sequence[Listed]:
    return json.loads(path.read_text(encoding="utf-8")).get("fks", []) if path else []


def documented(catalog: Catalog, listed: Iterable[Listed]) -> Iterator[Reference]:
    """Yield the keys of a list; those of tables that are not there, or of which several are so called, are left out."""
    for child, columns, parent, referenced in listed:
        ours = _called(catalog, child)
        theirs = _called(catalog, parent, beside=ours)
        if ours and theirs:
            yield (*_spelled(ours), tuple(columns), *_spelled(theirs), tuple(referenced))


def _called(catalog: Catalog, text: str, *, beside: TableName | None = None) -> TableName | None:
    """Return the table that a text means: in the schema that it says, in that of another table, or the only one.

    A schema that is not scanned says nothing: lists are written for other servers too.
    """
    said, _, name = text.rpartition(".")
    found = [table.name for table in catalog.tables if table.name.name == name]
    if any(table.name.schema == said for table in catalog.tables):
        found = [one for one in found if one.schema == said]
    near = [one for one in found if beside and one.schema == beside.schema]
    chosen = near or found
    return chosen[0] if len(chosen) == 1 else None


def _filled(dsn: str, catalog: Catalog) -> Iterable[TableName]:
    with open_rows(parse_dsn(dsn)) as rows:
        sizes = rows.sizes([table for table in catalog.tables if not table.is_view])
    return [name for name, size in sizes.items() if size]


def _without_references(catalog: Catalog) -> Catalog:
    return replace(catalog, tables=tuple(replace(table, foreign_keys=()) for table in catalog.tables))


def _without_keys(catalog: Catalog) -> Catalog:
    return replace(catalog, tables=tuple(_bare(table) for table in catalog.tables))


def _bare(table: Table) -> Table:
    return replace(table, foreign_keys=(), primary_key=None, uniques=(), indexes=(), exclusions=())


if __name__ == "__main__":
    main()
