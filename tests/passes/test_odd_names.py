"""Tables and columns of any name are read, joined, filtered, inserted, updated and deleted through their models."""

from __future__ import annotations

from pathlib import Path

import pytest

from onboard.draft.inspectdb import draft_models
from onboard.passes.rewrite import rewrite
from onboard.passes.target import Target
from tests.conftest import NewDatabase
from tests.passes.project import STATE, app_of, ask, catalog_of, decisions_of, write_app

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers

NAMES = (
    "a$b", "$", "a$", "100%", "%s", "%(x)s", 'quo"te', '"', "sp ace", "dot.ted", "Ünïcödé", "имя", "名前", "__dunder__",
    "trail_", "2nd", "CamelCase", "camelcase", "class", "match", "objects", "pk", "id", "save", "a__b", "back\\slash",
    "single'q", "semi;colon", "{brace}", "a--b", "/*c*/", "x" * 63, "e" + "é" * 31, "tab\there", "😀",
)  # fmt: skip

USE = """
from django.db.models import Count, F, Max, Q
found = {}
Parent, Child = sorted(models, key=lambda model: len(model._meta.fields))
parent = Parent.objects.create(pk=7, number=1)
names = [field.name for field in Child._meta.fields if field.get_internal_type() == "TextField"]
link = next(field for field in Child._meta.fields if field.is_relation)
for name in names:
    row = Child.objects.create(key=len(found) + 1, **{name: "one", link.name: parent})
    Child.objects.filter(pk=row.pk, **{f"{name}__startswith": "o"}).update(**{name: "two"})
    row.refresh_from_db()
    assert getattr(row, name) == "two"
    row = Child.objects.select_related(link.name).exclude(**{name: "one"}).order_by(name).only(name, link.name).last()
    setattr(row, name, F(name))
    row.save()
    assert getattr(row, link.name) == parent
    assert list(Child.objects.values_list(name, flat=True).filter(Q(**{name: "two"})).distinct()) == ["two"]
    assert Child.objects.aggregate(most=Max(name)) == {"most": "two"}
    grouped = Child.objects.values(name).annotate(n=Count("pk")).filter(**{f"{name}__isnull": False})
    assert list(grouped.values_list("n", flat=True)) == [1]
    Child.objects.bulk_update([Child(pk=row.pk, **{name: "three"})], [name])
    assert Child.objects.in_bulk([row.pk])[row.pk].__dict__[name] == "three"
    found[name] = Child.objects.filter(**{name: "three", f"{link.name}__number": 1}).delete()[0]
tell([len(found), sorted(set(found.values())), Parent.objects.filter(**{f"{link.remote_field.name}": None}).count()])
"""


@pytest.fixture
def database(new_database: NewDatabase) -> str:
    quoted = [name.replace('"', '""') for name in NAMES]
    columns = ", ".join(f'"{name}" text' for name in quoted)
    return new_database(
        'create table "pa$rent" ("num$ber" integer primary key, "number" integer unique)',
        f'create table "chi""ld $1" (key integer primary key, "par$ent" integer references "pa$rent"(number), '
        f"{columns})",
        'create index "i $%""x" on "chi""ld $1" ("a$b", "100%", "quo""te") where "a$b" is not null',
        'create index "expression" on "chi""ld $1" (lower("a$b"))',
        'alter table "chi""ld $1" add constraint "c $%""k" check ("a$b" <> "sp ace")',
    )


def test_uses_every_column_whatever_its_name(database: str, tmp_path: Path) -> None:
    write_app(app_of(catalog_of(database)), tmp_path)
    assert ask(tmp_path, database, STATE) == {"checks": [], "changes": []}
    assert ask(tmp_path, database, USE) == [len(NAMES), [1], 1]


def test_leaves_plain_names_and_newer_versions_of_django_alone(database: str) -> None:
    catalog = catalog_of(database)
    decided = decisions_of(catalog)
    for django, is_wrapped in (((5, 2), True), ((6, 1), False)):
        app = rewrite(draft_models(catalog, decided), catalog, decided, target=Target(django))
        text = "".join(model.text for model in app.models)
        assert ("db_column=DollarName('a$b')" in text) is is_wrapped
        assert "db_column='sp ace'" in text


def test_says_what_it_cannot_join_for_a_percent_sign(new_database: NewDatabase, tmp_path: Path) -> None:
    dsn = new_database(
        'create table "pa%rent" (id integer primary key)',
        'create table child (id integer primary key, "pa%rent" integer references "pa%rent")',
        'insert into "pa%rent" values (1)',
        "insert into child values (1, 1)",
    )
    app = app_of(catalog_of(dsn))
    assert any("cannot join" in note for model in app.models for note in model.notes)
    write_app(app, tmp_path)
    fetched = "child = apps.get_model('legacy', 'Child').objects.get()\ntell([child.pa_rent.pk, child.pk])\n"
    assert ask(tmp_path, dsn, fetched) == [1, 1]
