"""An app's files: sources joined, imports merged, helper fields only where used, an admin that stays quick."""

from __future__ import annotations

import ast
from pathlib import Path, PurePosixPath

import pytest

from onboard.catalog.structure import TableName
from onboard.errors import BadInput
from onboard.passes.source import AppSource, Import, ModelSource
from onboard.project.app_name import check_app_name
from onboard.project.files import File, joined, tree_of
from onboard.project.format import Unformattable, formatted, formatted_text
from onboard.project.helper_fields import fields_text
from onboard.project.imports import import_lines
from onboard.project.models_files import models_file
from onboard.project.record import AppRecord, record_from_json, record_to_json
from onboard.project.regenerate import regenerated
from onboard.project.render import templates_folder

HELPERS = sorted(path.stem for path in (templates_folder() / "app/fields").glob("*.py"))


def test_imports_of_one_module_are_one_line() -> None:
    lines = import_lines([Import("django.db", "models"), Import("uuid"), Import("django.db", "connection")])
    assert lines == "from django.db import connection, models\nimport uuid\n"


@pytest.mark.parametrize("name", HELPERS)
def test_every_helper_field_stands_on_its_own(name: str) -> None:
    text = formatted_text(fields_text([name]))
    classes = [node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
    assert name in classes


def test_all_helper_fields_stand_together_and_no_import_is_written_twice() -> None:
    text = formatted_text(fields_text(HELPERS))
    imports = [ast.unparse(node) for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert len(imports) == len(set(imports))
    classes = [node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
    assert len(classes) == len(set(classes))


def test_an_unknown_helper_is_an_error() -> None:
    with pytest.raises(KeyError):
        fields_text(["NoSuchField"])


def test_formats_python_as_django_does_and_nothing_else() -> None:
    files = [
        File(PurePosixPath("b.py"), "import os\nimport abc\nx = {'a':1}\n"),
        File(PurePosixPath("a.txt"), "x = {'a':1}"),
    ]
    tree = formatted(tree_of(files))
    assert tree.text("b.py") == 'import abc\nimport os\n\nx = {"a": 1}\n'
    assert tree.text("a.txt") == "x = {'a':1}"


def test_no_configuration_of_the_folder_plays_a_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ruff.toml").write_text('line-length = 20\n[format]\nquote-style = "single"\n')
    monkeypatch.chdir(tmp_path)
    assert formatted_text('x = "a long enough text to wrap"\n') == 'x = "a long enough text to wrap"\n'


def test_what_is_not_python_is_a_fault_of_ours() -> None:
    with pytest.raises(Unformattable):
        formatted_text("class (:\n")


def test_no_two_files_have_one_path() -> None:
    one = tree_of([File(PurePosixPath("a"), "")])
    with pytest.raises(ValueError, match="two files"):
        joined(one, one)


@pytest.mark.parametrize("name", ["legacy", "erp2", "_private", "größe", "my_app"])
def test_takes_a_name_that_is_free(tmp_path: Path, name: str) -> None:
    check_app_name(name, tmp_path)


@pytest.mark.parametrize(
    "name", ["", "1a", "a-b", "for", "a.b", "os", "django", "libcst", "auth", "ﬁeld", "a/b", "x\n"]
)
def test_refuses_a_name_that_will_not_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput):
        check_app_name(name, tmp_path)


def test_a_record_survives_its_json() -> None:
    record = AppRecord("legacy", split=True, django_schema="django", use_tz=False)
    assert record_from_json(record_to_json(record), where="x") == record
    for broken in ("", "[]", "{}", '{"app": 1}', '{"app": "a", "split": "yes"}'):
        with pytest.raises(BadInput):
            record_from_json(broken, where="x")


def generated_over(
    existing: dict[str, str], new: dict[str, str], **options: object
) -> tuple[dict[str, str], list[str]]:
    """What `regenerated` writes over a folder, beside the copies it keeps, and what it takes away."""
    tree = tree_of(File(PurePosixPath(path), text) for path, text in new.items())
    known = [path.removeprefix(".onboard/generated/") for path in existing if path.startswith(".onboard/generated/")]
    result = regenerated(tree, existing.get, known, **options)  # type: ignore[arg-type]  # by name
    written = {str(file.path): file.text for file in result.tree.files if not str(file.path).startswith(".onboard")}
    return written, [path for path in result.remove if not path.startswith(".onboard")]


def last(**texts: str) -> dict[str, str]:
    """A folder where these were generated and nothing edited."""
    return {**{f"app/{n}": t for n, t in texts.items()}, **{f".onboard/generated/app/{n}": t for n, t in texts.items()}}


def test_a_file_that_the_person_removed_stays_removed() -> None:
    before = last(**{"admin.py": "a = 1\n", "models.py": "m = 1\n"})
    del before["app/admin.py"]
    written, _ = generated_over(before, {"app/admin.py": "a = 2\n", "app/models.py": "m = 2\n"})
    assert written == {"app/models.py": "m = 2\n"}


def test_a_file_that_is_no_longer_generated_goes_unless_it_was_edited() -> None:
    before = last(**{"fields.py": "f = 1\n", "x.py": "x = 1\n"})
    assert generated_over(before, {})[1] == ["app/fields.py", "app/x.py"]
    assert generated_over({**before, "app/x.py": "x = 2\n"}, {})[1] == ["app/fields.py"]


def test_a_frozen_file_is_left_alone() -> None:
    before = last(**{"0001_initial.py": "a = 1\n"})
    written, removed = generated_over(
        before, {"app/0001_initial.py": "a = 2\n"}, frozen=frozenset({"app/0001_initial.py"})
    )
    assert (written, removed) == ({}, [])


def test_says_that_a_keyword_is_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="`class` cannot be the name of an app: it is a keyword of Python"):
        check_app_name("class", tmp_path)


def test_a_title_stands_before_the_first_class_of_its_section() -> None:
    models = tuple(
        ModelSource(TableName("public", name), name, f"class {name}:\n    pass\n", frozenset(), frozenset(), (), ())
        for name in ("Order", "OrderLine")
    )
    source = AppSource("legacy", models, titles=(("Order", "Orders"),))
    text = formatted(tree_of([models_file(source)])).files[0].text
    assert "\n\n# --- Orders ---\n\n\nclass Order:\n    pass\n\n\nclass OrderLine:" in text
