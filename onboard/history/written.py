"""A Migration -> the text of its module, with what Django's writer leaves out."""

from __future__ import annotations

from django.db.migrations import Migration
from django.db.migrations.writer import MigrationWriter

from onboard.errors import Refused


def migration_text(migration: Migration) -> str:
    """Return the module's text; Refused where a value in it cannot be written."""
    try:
        text = str(MigrationWriter(migration, include_header=False).as_string())
    except ValueError as error:
        raise Refused(
            f"`{migration.app_label}` holds a value that no migration can: {str(error).splitlines()[0]}.",
            remedy="Give the field a value that can be written, such as a function at the top level of a module.",
        ) from error
    return _with_run_before(migration, text)


def _with_run_before(migration: Migration, text: str) -> str:
    """Django's writer does not write `run_before` and `atomic`."""
    lines = [f"    run_before = {list(migration.run_before)!r}\n\n"] if migration.run_before else []
    if migration.atomic is False:
        lines.append("    atomic = False\n\n")
    return text.replace("    dependencies = [", "".join(lines) + "    dependencies = [", 1)
