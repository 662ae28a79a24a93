"""Migrations and modules that name them, edited as texts: only the names that go are replaced."""

from __future__ import annotations

import pytest

from onboard.errors import Refused
from onboard.merge.kept_code import KeptLambda, Wanted, kept_code, lambda_as_function, top_level_names
from onboard.merge.migration_edits import Moved, mentions, with_dependencies, with_imports, without_replaces

MIGRATION = """\
from django.db import migrations


class Migration(migrations.Migration):
    replaces = [("shop", "0001_initial")]  # a bridge

    dependencies = [
        ("shop", '0002_old'),  # why
        migrations.swappable_dependency("X"),
        ("blog", "0001_initial"),
    ]
    run_before = [("shop", "0002_old")]
    operations = [migrations.RunSQL([("shop", "0002_old")])]
"""


def test_leaves_a_migration_alone_that_names_nothing_that_goes() -> None:
    assert with_dependencies(MIGRATION, {("shop", "0009_x"): (("shop", "1"),)}) == MIGRATION


def test_leads_dependencies_and_run_before_to_the_new_name_and_keeps_comments() -> None:
    edited = with_dependencies(MIGRATION, {("shop", "0002_old"): (("shop", "0001_reset"),)})
    assert '        ("shop", "0001_reset"),  # why\n' in edited
    assert 'run_before = [("shop", "0001_reset")]' in edited
    assert 'RunSQL([("shop", "0002_old")])' in edited


def test_a_name_that_is_there_already_is_not_written_twice() -> None:
    edited = with_dependencies(MIGRATION, {("shop", "0002_old"): (("blog", "0001_initial"),)})
    assert edited.count('("blog", "0001_initial")') == 2  # one in each list


def test_an_only_dependency_can_be_taken_away() -> None:
    assert "run_before = []" in with_dependencies(MIGRATION, {("shop", "0002_old"): ()})


def test_takes_replaces_out() -> None:
    assert "replaces" not in without_replaces(MIGRATION)
    assert "dependencies = [" in without_replaces(MIGRATION)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from a.migrations.old import f as g, h\n", "from a.migrations._kept import f as g, h\n"),
        ("from a.migrations import old\n", "from a.migrations import _kept as old\n"),
        ("from .migrations.old import f\n", "from a.migrations._kept import f\n"),
        ("import a.migrations.old\nx = a.migrations.old.f\n", "import a.migrations._kept\nx = a.migrations._kept.f\n"),
        ('x = import_string("a.migrations.old.f")\n', "x = import_string('a.migrations._kept.f')\n"),
        ('x = "a.migrations.older"\n', 'x = "a.migrations.older"\n'),
        ("from a.migrations import other\n", "from a.migrations import other\n"),
        ("from a.migrations.old_too import f\n", "from a.migrations.old_too import f\n"),
    ],
)
def test_leads_every_kind_of_mention_to_the_new_module(before: str, after: str) -> None:
    moved = (Moved("a.migrations.old", "a.migrations._kept"),)
    assert with_imports(before, moved, package="a") == after
    assert mentions(before, "a.migrations.old", package="a") is (before != after)


SOURCE = '''\
"""A migration."""
import os
from django.db import migrations

# how many
LIMIT = 3


def helper(apps):
    return LIMIT, os.sep


def forwards(apps, schema_editor):
    # keeps its comment
    helper(apps=apps).forwards


def unused():
    pass


class Migration(migrations.Migration):
    operations = [migrations.RunPython(forwards), migrations.RunPython(lambda a, s: a.x)]
'''


def test_keeps_a_function_with_all_it_stands_on_and_nothing_else() -> None:
    code = kept_code(None, [Wanted("m", SOURCE, (("forwards", "forwards"),))], title="Kept.")
    namespace: dict[str, object] = {}
    exec(code, namespace)
    assert code.startswith('"""Kept."""\nimport os\n')
    assert "# how many\nLIMIT = 3" in code
    assert "    # keeps its comment\n" in code
    assert "unused" not in namespace
    assert "Migration" not in namespace


def test_names_that_two_modules_share_get_apart_and_attributes_stay() -> None:
    first = kept_code(None, [Wanted("m", SOURCE, (("forwards", "forwards"),))], title="Kept.")
    code = kept_code(first, [Wanted("n", SOURCE, (("forwards", "forwards_2"),))], title="Kept.")
    assert "def forwards_2(apps, schema_editor):" in code
    assert "helper_2(apps=apps).forwards\n" in code
    assert "return LIMIT_2, os.sep" in code
    assert code.count("import os") == 1


def test_what_is_nowhere_is_refused() -> None:
    with pytest.raises(Refused, match="gone"):
        kept_code(None, [Wanted("m", SOURCE, (("gone", "gone"),))], title="Kept.")


def test_lists_what_a_module_binds() -> None:
    assert top_level_names(SOURCE) == ("LIMIT", "helper", "forwards", "unused")


def test_a_lambda_becomes_a_function() -> None:
    line = (
        SOURCE.splitlines().index(
            "    operations = [migrations.RunPython(forwards), " + SOURCE.split("forwards), ")[1].strip()
        )
        + 1
    )
    assert lambda_as_function(SOURCE, KeptLambda(line, "step")) == "def step(a, s):\n    return a.x\n"
    assert lambda_as_function(SOURCE, KeptLambda(1, "step")) is None
