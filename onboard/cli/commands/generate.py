"""`onboard generate`: the scanned files and `onboard.toml` -> a Django app, and a project where there is none."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.options import workspace_option
from onboard.cli.outcome import DoneInPart, Found, Outcome
from onboard.errors import BadInput

if TYPE_CHECKING:
    from onboard.catalog.structure import TableName
    from onboard.cli.changes import Changes
    from onboard.cli.engine import Generated
    from onboard.cli.project_settings import ProjectSettings
    from onboard.cli.workspace import Workspace
    from onboard.project.record import AppRecord


@dataclass(frozen=True, slots=True)
class _Choices:
    """What the command line says; None where it says nothing and the record's choice stands."""

    split: bool | None
    qualify: bool | None
    django_schema: str | None
    on_delete: str | None
    database: str | None
    baseline: str | None


@click.command(name="generate", short_help="Write the Django app, every table unmanaged.")
@click.option("--app", metavar="NAME", help="The app to write; needed the first time.")
@click.option("--dry-run", is_flag=True, help="Print what would change as a diff; write nothing.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if files would change.")
@click.option("--split/--no-split", default=None, help="One module for each table.")
@click.option("--qualify/--no-qualify", default=None, help="Write every db_table with its schema.")
@click.option(
    "--django-schema",
    metavar="NAME",
    help="Keep Django's own tables in the scanned database, in this schema (default: in a database of their own).",
)
@click.option(
    "--on-delete",
    type=click.Choice(["python", "database"]),
    help="Who carries out deletes: Django's Python (default), or the database (Django 6.1).",
)
@click.option(
    "--database",
    metavar="ALIAS",
    help="In a project of yours: the app's own database beside the default one; writes a router for it.",
)
@click.option(
    "--baseline",
    type=click.Choice(["catalogue", "sql"]),
    help="Make empty databases from the scanned structure (default), or from the database's own DDL with all triggers, "
    "views and functions (`scan --ddl`).",
)
@workspace_option
def COMMAND(
    workspace: Workspace,
    app: str | None,
    dry_run: bool,
    check: bool,
    split: bool | None,
    qualify: bool | None,
    django_schema: str | None,
    on_delete: str | None,
    database: str | None,
    baseline: str | None,
) -> Outcome:
    """Write a Django app for the scanned tables, none of them managed yet.

    Works on the files that `onboard scan` wrote, without the database. In a folder without a Django project it
    makes a small one. Run again, it keeps everything you wrote in the app.
    """
    from onboard.cli.changes import planned
    from onboard.cli.engine import generated

    record = _record(workspace, app)
    settings = _settings(workspace, record)
    record = _chosen(record, _Choices(split, qualify, django_schema, on_delete, database, baseline), settings)
    if database is not None:
        _check_alias(workspace, database)
    console.progress(f"Writing the app {record.app}")
    made = generated(workspace, record)
    changes = planned(workspace, record, made)
    if dry_run or check:
        return _shown(workspace, changes, is_diff=dry_run, is_check=check)
    workspace.save(changes.tree, remove=changes.remove)
    _told(record, made, changes, settings)
    left_out = _left_out(made)
    left = (*left_out, *changes.conflicts, *((_BEHIND.format(why=changes.behind),) if changes.behind else ()))
    return DoneInPart(left) if left else None


def _record(workspace: Workspace, app: str | None) -> AppRecord:
    """Return the record of the app to write; BadInput for a name that will not do, or a folder that is not ours."""
    from onboard.project.app_name import check_app_name
    from onboard.project.record import AppRecord

    records = workspace.records()
    if app is None:
        if not records:
            raise BadInput("The app has no name yet.", remedy="Run `onboard generate --app NAME`, such as `legacy`.")
        return workspace.record()
    for record in records:
        if record.app == app:
            return record
    check_app_name(app, workspace.root)
    for place in (workspace.root / app, workspace.root / f"{app}.py"):
        if place.exists() or place.is_symlink():
            raise BadInput(
                f"`{place.name}` exists already, and onboard did not make it.",
                where=str(place),
                remedy="Choose another name with `--app NAME`.",
            )
    return AppRecord(app)


def _settings(workspace: Workspace, record: AppRecord) -> ProjectSettings | None:
    from onboard.cli.django_project import has_project
    from onboard.cli.project_settings import project_settings

    return project_settings(workspace.root) if has_project(workspace.root) else None


def _chosen(record: AppRecord, choices: _Choices, settings: ProjectSettings | None) -> AppRecord:
    import django

    given = {
        "split": choices.split,
        "qualify": choices.qualify,
        "django_schema": choices.django_schema,
        "is_one_database": None if choices.django_schema is None else True,
        "on_delete": choices.on_delete,
        "database": choices.database,
        "baseline": choices.baseline,
        "use_tz": None if settings is None else settings.use_tz,
    }
    said = {name: value for name, value in given.items() if value is not None}
    if choices.on_delete == "database" and django.VERSION < (6, 1):
        raise BadInput("`--on-delete database` needs Django 6.1.", remedy="Leave it out, or install Django 6.1.")
    return replace(record, django=f"{django.VERSION[0]}.{django.VERSION[1]}", **said)  # type: ignore[arg-type]  # by name


def _check_alias(workspace: Workspace, alias: str) -> None:
    from onboard.cli.django_project import has_project

    if alias == "default" or not alias.isidentifier():
        raise BadInput(
            f"`{alias}` is no name for a database beside the default one.",
            remedy="Choose another with `--database ALIAS`, such as `legacy`; for the default one leave it out.",
        )
    if not has_project(workspace.root):
        raise BadInput(
            f"There is no Django project in `{workspace.root}` that has a database of its own.",
            remedy="Leave `--database` out: the project that is made here keeps Django's own tables apart anyway.",
        )


def _shown(workspace: Workspace, changes: Changes, *, is_diff: bool, is_check: bool) -> Outcome:
    from onboard.cli.diff import unified

    lines = unified(changes.tree, changes.remove, workspace.text)
    if is_diff:
        console.document(lines)
    for conflict in (*changes.conflicts, *((_BEHIND.format(why=changes.behind),) if changes.behind else ())):
        console.warn(conflict)
    if is_check and changes.changed:
        for path in changes.changed:
            console.warn(path)
        return Found(f"{len(changes.changed)} files would change; run `onboard generate`.")
    return None


def _told(record: AppRecord, made: Generated, changes: Changes, settings: ProjectSettings | None) -> None:
    from onboard.project.django_apps import apps_to_install, django_clashes

    own = [path for path in changes.changed if not path.startswith(".onboard/")]
    counted = "1 model" if len(made.source.models) == 1 else f"{len(made.source.models)} models"
    console.say(f"{counted} in {record.app}: " + (_written(own, record.app) if own else "nothing has changed."))
    notes = sum(len(model.notes) for model in made.source.models)
    if notes and own:
        things = "One thing" if notes == 1 else f"{notes} things"
        console.say(f"{things} that the models cannot say: onboard report")
    clashes = django_clashes(made.catalog, made.decisions)
    for clash in clashes:
        console.say(f"{clash}")
    if changes.made_project:
        console.say((_NEXT_ONE if record.is_one_database else _NEXT).format(app=record.app))
        return
    missing = [name for name in apps_to_install(made.source) if settings is None or not settings.has_app(name)]
    if record.database and not (settings and settings.has_database(record.database)):
        console.say(_database_lines(record, made))
    if missing:
        lines = "".join(f'    "{name}",\n' for name in missing)
        console.say(f"\nAdd to the settings, where they are missing:\n\nINSTALLED_APPS += [\n{lines}]\n")


def _database_lines(record: AppRecord, made: Generated) -> str:
    """Return the settings of a database beside the default one, without a password or anything else of the DSN's."""
    from onboard.project.search_path import search_path_option

    is_postgresql = made.catalog.engine == "postgresql"
    entry = {"ENGINE": f"django.db.backends.{'postgresql' if is_postgresql else 'sqlite3'}", "NAME": "..."}
    if is_postgresql:
        entry.update(USER="...", PASSWORD="...", HOST="...", PORT="...")
    lines = [f'    "{name}": "{value}",' for name, value in entry.items()]
    if is_postgresql and made.decisions.search_path not in ((), ("public",)):
        option = f"-c search_path={search_path_option(made.decisions.search_path)}"
        lines.append(f'    "OPTIONS": {{"options": {option!r}}},')
    return _DATABASE.format(alias=record.database, app=record.app, lines="\n".join(lines))


def _left_out(made: Generated) -> list[str]:
    """Return a line for every scanned relation that got no model."""
    models = {model.table for model in made.source.models}
    lines = [f"{table}: {reason}" for table, reason in made.decisions.left_out]
    keyless = (one.table for one in made.decisions.tables if one.table not in models)
    return [*lines, *(_needs_key(table) for table in keyless)]


def _needs_key(view: TableName) -> str:
    from onboard.decisions.spelling import spell_table

    place = json.dumps(spell_table(view), ensure_ascii=False)
    says = f"[[primary_key]] table = {place}, columns = [...]"
    return f"{view}: a view needs a key to become a model: {says} in onboard.toml"


_BEHIND = (
    "migrations: 0001_initial is in use and stays as it is, and no migration that follows the database was written, "
    "because {why}. See that `python manage.py check` works, then run `onboard generate` again"
)
_DATABASE = """
Add to the settings, for the database `{alias}` beside the default one:

DATABASES["{alias}"] = {{
{lines}
}}
DATABASE_ROUTERS = ["{app}.routers.LegacyTables"]

`{app}` is read and written there, and a user who may only read is enough. `manage.py migrate` makes nothing there:
Django's own tables stay in the default database. After the first promotion `manage.py migrate --database {alias}`
makes one table there, `django_migrations`."""
_NEXT = """
A small project was made around it. Next, with DATABASE_URL naming the database:

    pip install -r requirements.txt
    python manage.py migrate --database django            # users and sessions, in a file of their own
    python manage.py createsuperuser --database django
    python manage.py runserver                            # the admin: this far, the database is only read
    python manage.py migrate                              # records {app}; changes no scanned table
    onboard promote TABLE                                 # hands a table over to Django

Django's own tables are kept out of the scanned database; `--django-schema public` puts them there."""
_NEXT_ONE = """
A small project was made around it. Next, with DATABASE_URL naming the database:

    pip install -r requirements.txt
    python manage.py migrate          # makes Django's own tables and records {app}; changes no scanned table
    python manage.py createsuperuser
    python manage.py runserver
    onboard promote TABLE             # hands a table over to Django"""


def _written(paths: list[str], app: str) -> str:
    """Say what was written, the models and what stands on them first."""
    first = (f"{app}/models.py", f"{app}/models/__init__.py", f"{app}/admin.py", f"{app}/migrations/0001_initial.py")
    ranked = sorted(paths, key=lambda path: (first.index(path) if path in first else len(first), path))
    shown = ", ".join(ranked[:4])
    more = len(paths) - 4
    return f"wrote {shown}" + (f" and {more} more file{'s' if more > 1 else ''}." if more > 0 else ".")
