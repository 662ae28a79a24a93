"""Migrations in a row + the files of a promotion -> everything that one run writes: migrations, helpers, models."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import MigrationWriter, OperationWriter
from django.db.models import Model

from onboard.catalog.structure import TableName
from onboard.merge.field_arguments import Edit, edited
from onboard.merge.managed_flag import set_managed
from onboard.migrations.promotion_files import MAX, read_source, relative
from onboard.migrations.text import text_literal
from onboard.migrations.tighten.chain import Link
from onboard.migrations.tighten.gap import Step
from onboard.migrations.tighten.helper import helper_texts
from onboard.project.files import File, FileTree
from onboard.project.format import formatted

_WAITS = "Waits for a lock 500 ms at most, five times; cut off, it is run again and goes on."

_TEXT = """\
{title}

{imports}


class Migration(migrations.Migration):
{atomic}
    dependencies = [
{dependencies}    ]

    operations = [
{operations}
    ]
"""


def tightening_files(
    root: Path, links: Sequence[Link], models: Mapping[TableName, type[Model]], promoted: Sequence[TableName]
) -> FileTree:
    """Return every file to write under `root`, with `managed = False` taken off the promoted models."""
    app_label = links[0].migration.app_label
    folder = _folder(app_label)
    where = relative(root, folder)
    helpers = helper_texts(folder, _modules(links))
    texts = {**helpers, **{f"{link.migration.name}.py": _text(link) for link in links}}
    written = [*formatted(FileTree(tuple(File(where / name, texts[name]) for name in sorted(texts)))).files]
    if (folder / MAX).is_file():
        written.append(File(where / MAX, f"{links[-1].migration.name}\n"))
    written += _sources(root, links, models, promoted)
    return FileTree(tuple(sorted(written, key=lambda file: file.path)))


def _modules(links: Sequence[Link]) -> set[str]:
    operations = [operation for link in links for operation in link.migration.operations]
    return {type(operation).__module__.rpartition(".")[2] for operation in operations}


def _text(link: Link) -> str:
    migration, step = link.migration, link.step
    if step is None:
        return MigrationWriter(migration, include_header=False).as_string()
    found = [OperationWriter(operation, indentation=2).serialize() for operation in step.operations]
    imports = {line for _, lines in found for line in lines} - {"from django.db import migrations"}
    has_models = "from django.db import models" in imports
    imports -= {"from django.db import models"}
    first = f"from django.db import migrations{', models' if has_models else ''}"
    return _TEXT.format(
        title=text_literal(_title(step, is_patient=not migration.atomic)),
        imports="\n".join([*sorted(imports), first]),
        atomic="" if migration.atomic else "    atomic = False  # each step is a transaction of its own\n",
        dependencies="".join(f"        {pair!r},\n" for pair in migration.dependencies),
        operations="\n".join(text for text, _ in found),
    )


def _title(step: Step, *, is_patient: bool) -> str:
    return f"{step.title}\n\nLocks: {step.lock}\n" + (f"{_WAITS}\n" if is_patient else "")


def _sources(
    root: Path, links: Sequence[Link], models: Mapping[TableName, type[Model]], promoted: Sequence[TableName]
) -> list[File]:
    """Return the edited sources of the models: the flag first, then what each step changes."""
    by_name = {model.__name__: Path(inspect.getfile(model)) for model in models.values()}
    flags: dict[Path, set[str]] = {}
    for table in promoted:
        if not models[table]._meta.managed:
            flags.setdefault(by_name[models[table].__name__], set()).add(models[table].__name__)
    edits: dict[Path, list[Edit]] = {}
    for link in links:
        for edit in link.step.edits if link.step else ():
            edits.setdefault(by_name[edit.model], []).append(edit)
    found = []
    for path in sorted({*flags, *edits}):
        text = set_managed(read_source(path), flags.get(path, set()), True)
        found.append(File(PurePosixPath(relative(root, path)), edited(text, edits.get(path, ()))))
    return found


def _folder(app_label: str) -> Path:
    name, _ = MigrationLoader.migrations_module(app_label)
    return Path(importlib.import_module(name or "").__file__ or "").parent


def migrations_of(links: Sequence[Link]) -> tuple[Migration, ...]:
    """Return the migrations alone."""
    return tuple(link.migration for link in links)
