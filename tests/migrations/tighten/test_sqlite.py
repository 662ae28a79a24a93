"""SQLite: indexes are built; what would need the table made anew is named and left alone."""

from __future__ import annotations

from pathlib import Path

from tests.migrations.tighten.worn import done
from tests.verify.legacy_project import LegacyProject, sqlite_made

STATEMENTS = (
    "create table customer (id integer primary key, name varchar(60) not null)",
    "create table purchase (id integer primary key, customer_id integer, note varchar(90))",
    "create table remark (id integer primary key, customer_id integer, text varchar(90))",
    "create trigger seen after insert on remark begin update remark set text = 'seen' where id = new.id; end",
    "insert into customer values (1, 'Ann'), (2, 'Bob')",
    "insert into purchase values (1, 1, 'one'), (2, 2, 'two'), (3, null, 'three')",
)
TOML = "".join(
    f'[[foreign_key]]\nfrom = "main.{table}(customer_id)"\nto = "main.customer(id)"\nuse = true\n\n'
    for table in ("purchase", "remark")
)


def test_builds_indexes_and_names_what_needs_the_table_made_anew(tmp_path: Path) -> None:
    dsn = sqlite_made(tmp_path / "shop.db", STATEMENTS)
    (tmp_path / "project").mkdir()
    project = LegacyProject(tmp_path / "project", dsn)
    project.write("onboard.toml", TOML)
    done(project.onboard, "scan", dsn)
    done(project.onboard, "generate", "--app", "legacy")
    content = project.query("select * from purchase order by 1")
    tightened = project.onboard("promote", "--all", "--tighten", "--not-null", "purchase.note")
    assert tightened.returncode == 3
    assert tightened.stderr.count("SQLite must make the table anew") == 3
    assert "The whole file while the index is built." in tightened.stdout
    done(project.manage, "migrate", "legacy")
    assert "No changes" in done(project.manage, "makemigrations", "--check", "--dry-run")
    assert len(project.query("pragma index_list(purchase)")) == len(project.query("pragma index_list(remark)")) == 1
    assert project.query("select * from purchase order by 1") == content
    done(project.manage, "migrate", "legacy", "0001")
    assert project.query("pragma index_list(purchase)") == []
    assert project.query("select * from purchase order by 1") == content
