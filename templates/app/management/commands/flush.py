"""Django's `flush`, which stops before it empties tables that were there before Django.

Flushing empties every managed table, and after a promotion that is what this app's tables are. In tests it empties the
test database, as ever: there this app's unmanaged tables are emptied too, because nothing but the tests filled them.
"""

import importlib
import pkgutil
from contextlib import contextmanager

from django.apps import apps
from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections, router
from django.test.utils import _TestState

from ... import migrations

APP = apps.get_containing_app_config(__name__)


class Command(flush.Command):
    """Flush, unless rows of legacy tables would go."""

    def add_arguments(self, parser):
        """Add the one option that lets rows of legacy tables go."""
        super().add_arguments(parser)
        parser.add_argument(
            "--empty-legacy-tables",
            action="store_true",
            help="Also empty tables that were there before Django. There is no way back.",
        )

    def handle(self, **options):
        """Stop where promoted tables hold rows; in a test, flush everything."""
        # Only a test passes this, and only within a test environment is the database one that tests made.
        if "inhibit_post_migrate" in options and hasattr(_TestState, "saved_data"):
            # SQLite empties table by table and checks the foreign keys that Django did not make at once.
            with _all_managed(), connections[options["database"]].constraint_checks_disabled():
                # A table that Django's name does not find, such as one of another schema, may refer to these.
                return super().handle(**{**options, "allow_cascade": True})
        if not options.get("empty_legacy_tables"):
            _refuse_legacy_rows(options["database"])
        return super().handle(**options)


def _refuse_legacy_rows(alias):
    connection = connections[alias]
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
    legacy = _legacy_tables()
    full = [
        model._meta.db_table
        for model in APP.get_models()
        if model._meta.managed
        and router.allow_migrate_model(alias, model)
        and model._meta.db_table in legacy & present
        and model._base_manager.using(alias).exists()
    ]
    if full:
        names = ", ".join(sorted(full)[:10]) + (f" and {len(full) - 10} more" if len(full) > 10 else "")
        raise CommandError(
            f"flush would empty {len(full)} tables that were there before Django, and hold rows: {names}. Nothing was"
            " changed. Other programs may use these rows; if they are to go, add --empty-legacy-tables."
        )


def _legacy_tables():
    """Return the names of the tables that the migrations of this app found, and did not design."""
    modules = [name for _, name, _ in pkgutil.iter_modules(migrations.__path__) if name.startswith("_baseline")]
    found = [importlib.import_module(f"{migrations.__name__}.{name}").BASELINE for name in modules]
    return {table.name for baseline in found for table in baseline.tables}


@contextmanager
def _all_managed():
    """Let Django see every model of this app as its own for a moment: it flushes no others."""
    models = [model for model in APP.get_models() if not model._meta.managed]
    for model in models:
        model._meta.managed = True
    try:
        yield
    finally:
        for model in models:
            model._meta.managed = False
