"""Laws over the whole: what only one folder may do, and what holds for every fixture."""

from __future__ import annotations

import ast
import py_compile
from pathlib import Path

import pytest

from onboard.catalog.canonical import from_json, to_json
from onboard.cli import commands
from onboard.merge.three_way import merge_python
from onboard.project.files import File, tree_of
from onboard.project.format import formatted
from tests.legacy_dbs import FOLDER

PACKAGE = Path(commands.__file__).parents[2]
_WRITING = {
    "write_text",
    "write_bytes",
    "mkdir",
    "makedirs",
    "unlink",
    "rename",
    "replace_file",
    "rmtree",
    "symlink_to",
}
# Beside `write`: two that work in temporary folders, and the program that fits the weights shipped with onboard.
_MAY_WRITE = {"project/write.py", "project/format.py", "history/scratch.py", "inference/fit.py"}
_FORBIDDEN_HELPERS = {"utils", "helpers", "manager", "managers", "base", "common", "misc"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def expected_files() -> list[Path]:
    return sorted(path for path in FOLDER.glob("*/expected/**/*.py"))


def expected(name: str) -> list[Path]:
    return sorted(FOLDER.glob(f"*/{name}"))


def test_only_one_module_writes_in_the_folder_of_the_user() -> None:
    found = []
    for path in modules():
        name = path.relative_to(PACKAGE).as_posix()
        if name in _MAY_WRITE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _WRITING:
                found.append(f"{name}:{node.lineno} {node.func.attr}")
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
                found.append(f"{name}:{node.lineno} open")
    assert found == []


def test_only_the_command_line_prints_or_exits() -> None:
    found = []
    for path in modules():
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith("cli/"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("print", "input", "exit")
            ):
                found.append(f"{name}:{node.lineno} {node.func.id}")
    assert found == []


def test_no_module_is_named_for_nothing() -> None:
    assert [path for path in modules() if path.stem in _FORBIDDEN_HELPERS] == []


def test_every_module_says_what_it_does() -> None:
    assert [path for path in modules() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize("path", expected_files(), ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_generated_python_compiles_and_is_formatted(path: Path, tmp_path: Path) -> None:
    py_compile.compile(str(path), cfile=str(tmp_path / "x.pyc"), doraise=True)


@pytest.mark.parametrize("root", expected("expected"), ids=lambda root: root.parent.name)
def test_formatting_what_is_formatted_changes_nothing(root: Path) -> None:
    files = sorted(root.glob("**/*.py"))
    tree = tree_of(File(path.relative_to(root), path.read_text()) for path in files)  # type: ignore[arg-type]  # PosixPath is pure too
    assert formatted(tree) == tree


@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*/expected/.onboard/catalog.json")), ids=lambda path: path.parts[-4]
)
def test_the_catalogue_survives_its_json(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert to_json(from_json(text)) == text


@pytest.mark.parametrize("path", expected("expected/legacy/models.py"), ids=lambda path: path.parts[-4])
def test_what_a_person_adds_to_any_model_survives_any_change(path: Path) -> None:
    """Each field of one line in turn is what onboard changes; the person's edits are all over the file."""
    base = path.read_text(encoding="utf-8")
    method = '    def __str__(self):\n        return "mine"  # my remark\n\n'
    mine = base.replace("    class Meta:\n", f"{method}    class Meta:\n")
    for line in base.splitlines(keepends=True):
        if line.startswith("    ") and " = models." in line and line.endswith(")\n"):
            comma = "" if line.endswith("()\n") else ", "
            new = base.replace(line, f'{line[:-2]}{comma}help_text="new")\n', 1)
            merged = merge_python(base, mine, new)
            assert merged.conflicts == ()
            assert merged.text.count(method) == mine.count(method) > 0
            assert 'help_text="new"' in merged.text


def test_nothing_generated_imports_onboard() -> None:
    found = []
    for path in expected_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found += [f"{path}: {name}" for name in names if name.partition(".")[0] in ("onboard", "libcst", "jinja2")]
    assert found == []
