"""`generate --database`: a legacy database beside a project's own, read and written there, and nothing made in it."""

from __future__ import annotations

from pathlib import Path

import psycopg

from tests.conftest import NewDatabase
from tests.legacy_dbs import manage, onboard

TABLES = (
    "create table account (id integer primary key, name varchar(80) not null)",
    "insert into account values (1, 'Ann')",
)
SETTINGS = """
import os
SECRET_KEY = "tests"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "own.sqlite3"}}
USE_TZ = True
"""
NAMES = "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1"
MANAGE = """
import os
import sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
"""


def _tables(dsn: str) -> list[str]:
    with psycopg.connect(dsn) as server:
        return [str(name) for (name,) in server.execute(NAMES.encode())]


def test_keeps_the_app_in_its_own_database_and_makes_nothing_there(tmp_path: Path, new_database: NewDatabase) -> None:
    dsn = new_database(*TABLES)
    (tmp_path / "shop").mkdir()
    settings = tmp_path / "shop/settings.py"
    settings.write_text(SETTINGS)
    (tmp_path / "manage.py").write_text(MANAGE)
    onboard(tmp_path, "scan", dsn)
    told = onboard(tmp_path, "generate", "--app", "legacy", "--database", "legacy").stdout
    assert 'DATABASE_ROUTERS = ["legacy.routers.LegacyTables"]' in told
    assert "django_migrations" in told
    with psycopg.connect(dsn) as server:
        info = server.info
        entry = {"ENGINE": "django.db.backends.postgresql", "NAME": info.dbname, "USER": info.user, "HOST": info.host}
    settings.write_text(
        f"{SETTINGS}\nINSTALLED_APPS.append('legacy')\nDATABASES['legacy'] = {entry!r}\n"
        'DATABASE_ROUTERS = ["legacy.routers.LegacyTables"]\n'
    )
    assert "DATABASES" not in onboard(tmp_path, "generate").stdout
    manage(tmp_path, "migrate", dsn=dsn)
    assert _tables(dsn) == ["account"]
    count = "from legacy.models import Account; print('COUNT', Account.objects.count())"
    assert "COUNT 1" in manage(tmp_path, "shell", "-c", count, dsn=dsn).stdout
    promoted = onboard(tmp_path, "promote", "account", dsn=dsn).stdout
    assert "make these tables of Django's own: django_migrations." in promoted
    manage(tmp_path, "migrate", "--database", "legacy", dsn=dsn)
    assert _tables(dsn) == ["account", "django_migrations"]
    manage(tmp_path, "makemigrations", "--check", "--dry-run", dsn=dsn)


def test_wants_a_project_and_a_name_of_its_own(tmp_path: Path, new_database: NewDatabase) -> None:
    onboard(tmp_path, "scan", new_database(*TABLES))
    onboard(tmp_path, "generate", "--app", "legacy", "--database", "old", code=2)
    onboard(tmp_path, "generate", "--app", "legacy", "--database", "default", code=2)
    assert not (tmp_path / "legacy").exists()
