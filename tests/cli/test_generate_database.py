"""`generate --database`: a legacy database beside a project's own, read and written there, and nothing made in it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg

from tests.conftest import NewDatabase
from tests.legacy_dbs import manage, onboard

TABLES = (
    "create table account (id integer primary key, name varchar(80) not null, note text)",
    "insert into account values (1, 'Ann', 'n')",
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


def test_a_sqlite_file_beside_the_default_database(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(path)) as file, file:
        for statement in TABLES:
            file.execute(statement)
    (tmp_path / "shop").mkdir()
    settings, dsn = tmp_path / "shop/settings.py", f"sqlite:///{path}"
    settings.write_text(SETTINGS)
    (tmp_path / "manage.py").write_text(MANAGE)
    onboard(tmp_path, "scan", dsn)
    onboard(tmp_path, "generate", "--app", "legacy", "--database", "legacy")
    settings.write_text(
        f"{SETTINGS}\nINSTALLED_APPS.append('legacy')\n"
        f"DATABASES['legacy'] = {{'ENGINE': 'django.db.backends.sqlite3', 'NAME': {str(path)!r}}}\n"
        'DATABASE_ROUTERS = ["legacy.routers.LegacyTables"]\n'
    )
    before = path.read_bytes()
    manage(tmp_path, "migrate", dsn=dsn)
    onboard(tmp_path, "verify", dsn=dsn)
    assert path.read_bytes() == before
    told = onboard(tmp_path, "promote", "--all", "--tighten", "--not-null", "account.note", dsn=dsn).stdout
    assert "`manage.py migrate --database legacy` will apply:" in told
    assert "make these tables of Django's own: django_migrations." in told
    manage(tmp_path, "migrate", "--database", "legacy", dsn=dsn)
    with closing(sqlite3.connect(path)) as file:
        names = [name for (name,) in file.execute("select name from sqlite_master where type = 'table' order by 1")]
        assert [name for name in names if "sqlite" not in name] == ["account", "django_migrations"]
        assert file.execute("select * from account").fetchall() == [(1, "Ann", "n")]
        assert "not null" in file.execute("select sql from sqlite_master where name = 'account'").fetchone()[0][-60:]
    manage(tmp_path, "makemigrations", "--check", "--dry-run", dsn=dsn)


def test_a_user_who_may_only_read_is_enough(tmp_path: Path, new_database: NewDatabase) -> None:
    role = f"onboard_reader_{os.getpid()}"
    dsn = new_database(*TABLES, f"create role {role} login", f"grant select on all tables in schema public to {role}")
    try:
        _only_reads(tmp_path, dsn, role)
    finally:
        with psycopg.connect(dsn, autocommit=True) as server:
            server.execute(f"drop owned by {role}".encode())
            server.execute(f"drop role {role}".encode())


def _only_reads(tmp_path: Path, dsn: str, role: str) -> None:
    (tmp_path / "shop").mkdir()
    settings = tmp_path / "shop/settings.py"
    settings.write_text(SETTINGS)
    (tmp_path / "manage.py").write_text(MANAGE)
    onboard(tmp_path, "scan", dsn)
    onboard(tmp_path, "generate", "--app", "legacy", "--database", "legacy")
    with psycopg.connect(dsn) as server:
        info = server.info
        options = {"options": f"-c role={role}"}
        entry = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": info.dbname,
            "USER": info.user,
            "HOST": info.host,
            "PORT": info.port,
            "OPTIONS": options,
        }
    settings.write_text(
        f"{SETTINGS}\nINSTALLED_APPS.append('legacy')\nDATABASES['legacy'] = {entry!r}\n"
        'DATABASE_ROUTERS = ["legacy.routers.LegacyTables"]\n'
    )
    manage(tmp_path, "migrate", dsn=dsn)
    for command in ("verify", "status", "plan"):
        onboard(tmp_path, command, dsn=dsn)
    onboard(tmp_path, "promote", "account", dsn=dsn)
    count = "from legacy.models import Account; print('COUNT', Account.objects.count())"
    assert "COUNT 1" in manage(tmp_path, "shell", "-c", count, dsn=dsn).stdout
    assert _tables(dsn) == ["account"]
    manage(tmp_path, "migrate", "--database", "legacy", dsn=dsn, code=1)  # now it needs a right more
    assert _tables(dsn) == ["account"]


def test_wants_a_project_and_a_name_of_its_own(tmp_path: Path, new_database: NewDatabase) -> None:
    onboard(tmp_path, "scan", new_database(*TABLES))
    onboard(tmp_path, "generate", "--app", "legacy", "--database", "old", code=2)
    onboard(tmp_path, "generate", "--app", "legacy", "--database", "default", code=2)
    assert not (tmp_path / "legacy").exists()
