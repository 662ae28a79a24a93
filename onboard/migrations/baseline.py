"""AppSource + Catalog + Decisions -> the files of an app's `migrations` folder as it begins.

`0001_initial.py` records every model whole, and makes the tables where they are absent; `_baseline.py` holds the
statements for that, `_onboard.py` the operations. Knows nothing of what is applied anywhere, or of formatting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from onboard.catalog.ddl import Ddl, without
from onboard.catalog.structure import Catalog, Sequence, Table, TableKind, TableName
from onboard.decisions.decisions import Decisions
from onboard.errors import BadInput
from onboard.migrations.baseline_record import FIRST, BaselineRecord, first_record
from onboard.migrations.baseline_steps import step_statements
from onboard.migrations.ddl.order import needs_first
from onboard.migrations.initial import initial_text
from onboard.migrations.statements_module import ddl_text, statements_text
from onboard.passes.source import AppSource
from onboard.project.files import File, FileTree
from onboard.project.render import template_text

DDL = "_baseline_sql"  # the module of the database's own DDL


def baseline_files(source: AppSource, catalog: Catalog, decisions: Decisions, *, ddl: Ddl | None = None) -> FileTree:
    """Return the package, its first migration, the operations it uses and the statements that these run.

    With `ddl` an empty database is made from the scanned one's own words.
    """
    texts = {
        "__init__.py": "",
        "0001_initial.py": initial_text(source),
        "_onboard.py": template_text("app/migrations/_onboard.py"),
    }
    folder = PurePosixPath(decisions.app, "migrations")
    files = [File(folder / name, text) for name, text in texts.items()]
    statements = statement_files(decisions.app, record_of(source, catalog, ddl)).files
    return FileTree(tuple(sorted((*files, *statements), key=lambda file: file.path)))


def record_of(source: AppSource, catalog: Catalog, ddl: Ddl | None = None) -> BaselineRecord:
    """Return what a baseline of all these models is written from; BadInput where the DDL lacks one of their tables."""
    models = model_names(source)
    chosen = needed(catalog, models)
    return first_record(chosen, models, needed_ddl(ddl, catalog, chosen) if ddl else None)


def needed_ddl(ddl: Ddl, catalog: Catalog, chosen: Catalog) -> Ddl:
    """Return the DDL of the chosen tables, and of all that hangs on no table; BadInput where one is not in it."""
    tables = {table.name for table in chosen.tables if not table.is_view and table.kind is not TableKind.FOREIGN}
    if missing := sorted(tables - ddl.tables):
        raise BadInput(
            f"The database's own DDL does not hold {', '.join(f'`{name}`' for name in missing[:5])}"
            + (f" and {len(missing) - 5} more." if len(missing) > 5 else "."),
            remedy="Run `onboard scan --ddl` as a role that may read them, or `onboard generate --baseline catalogue`.",
        )
    others = [table for table in catalog.tables if not table.is_view and table.name not in tables]
    return without(ddl, {one.name for one in others} | {part.name for one in others for part in one.partitions})


def model_names(source: AppSource) -> dict[TableName, str]:
    """Return the name of every model by its table."""
    return {model.table: model.name for model in source.models}


def statement_files(app: str, record: BaselineRecord) -> FileTree:
    """Return the modules of statements: `_baseline.py`, and one for each later migration that makes tables."""
    models = {entry.table: entry.model for entry in record.entries}
    folder = PurePosixPath(app, "migrations")
    files = []
    for step, catalog, statements in step_statements(record):
        ddl = DDL if record.ddl and step == FIRST else ""
        files.append(
            File(folder / f"{statements_module(step)}.py", statements_text(app, catalog, models, statements, ddl=ddl))
        )
    own = (File(folder / f"{DDL}.py", ddl_text(record.ddl)),) if record.ddl else ()
    return FileTree(tuple(sorted((*files, *own), key=lambda file: file.path)))


def statements_module(step: str) -> str:
    """Return the name of the module that holds the statements of a migration."""
    return "_baseline" if step == FIRST else f"_baseline_{step.partition('_')[0]}"


def may_rewrite_baseline(existing: Mapping[str, str], last_written: Mapping[str, str]) -> bool:
    """Say whether the baseline may be written again, as far as the files tell.

    Both map names of files in the migrations folder to texts: what lies there, and what onboard last wrote. It may
    where there is no other migration and every file of the baseline is byte for byte what onboard wrote, or is gone.
    Whether it is recorded as applied is asked of the databases, elsewhere.
    """
    migrations = {name for name in existing if name.endswith(".py") and name[0] not in "_~"}
    if not migrations <= last_written.keys():
        return False
    return all(existing[name] == text for name, text in last_written.items() if name in existing)


def needed(catalog: Catalog, models: Iterable[TableName]) -> Catalog:
    """Return the Catalog of the tables that have a model, of those that these refer to, and of the views over them.

    Types, functions and extensions stay: the Catalog holds only those that its tables use, and one more hurts nobody.
    """
    tables = {table.name: table for table in catalog.tables if not _is_record(table)}
    waiting = [name for name in models if name in tables]
    needed = set(waiting)
    while waiting:
        for name in _references(tables[waiting.pop()]):
            if name in tables and name not in needed:
                needed.add(name)
                waiting.append(name)
    views = {table.name: table.depends_on for table in catalog.tables if table.is_view}
    for name in needs_first(views, views):
        if needed.issuperset(views[name]):
            needed.add(name)
    chosen = tuple(table for table in catalog.tables if table.name in needed)
    return replace(catalog, tables=chosen, sequences=tuple(_sequences(catalog, chosen, needed)))


def _sequences(catalog: Catalog, chosen: tuple[Table, ...], needed: set[TableName]) -> Iterator[Sequence]:
    """Yield the sequences without those that only a table left out owns and draws from."""
    drawn = {column.sequence for table in chosen for column in table.columns}
    for sequence in catalog.sequences:
        if not sequence.owned_by or sequence.owned_by[0] in needed or sequence.name in drawn:
            yield sequence


def _is_record(table: Table) -> bool:
    """Whether it is Django's own record, which `migrate` makes before anything else."""
    columns = {column.name for column in table.columns}
    return table.name.name == "django_migrations" and columns == {"id", "app", "name", "applied"}


def _references(table: Table) -> tuple[TableName, ...]:
    return (*(key.references for key in table.foreign_keys), *table.parents, *table.depends_on)
