"""A project's folder -> where its `manage.py` is, what its settings are called, and where its code is imported from.

Projects keep their code beside `manage.py`, under `src/`, or in a folder of any name; the settings may be a package,
named by the environment, by `manage.py` or by `pyproject.toml`. Nothing of the project is run to find out.
"""

from __future__ import annotations

import ast
import os
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onboard.errors import BadInput

_ENVIRONMENT = "DJANGO_SETTINGS_MODULE"


def settings_module(root: Path) -> str:
    """Return the name of the settings module; BadInput where nothing names one.

    The environment goes before `manage.py`, that before `pyproject.toml` (pytest-django's setting, or django-stubs').
    """
    if named := os.environ.get(_ENVIRONMENT):
        return named
    manage = manage_file(root)
    if manage is None and not (root / "pyproject.toml").is_file():
        raise BadInput(
            f"There is no Django project in `{root}`: no `manage.py`.",
            remedy="Run `onboard generate --app NAME`, or name the project's folder with `-C DIR`.",
        )
    named = (_named_by_manage(manage) if manage else None) or _named_by_pyproject(_pyproject(root))
    if named is None:
        where = "`manage.py` names no settings module." if manage else "`pyproject.toml` names no settings module."
        raise BadInput(where, remedy=f"Set `{_ENVIRONMENT}`.")
    return named


def manage_file(root: Path) -> Path | None:
    """Return the project's `manage.py`: in the folder, under `src/`, or in the only folder that has one."""
    for folder in (root, root / "src"):
        if (folder / "manage.py").is_file():
            return folder / "manage.py"
    below = sorted(path for path in root.glob("*/manage.py") if path.parent.name[:1] not in "._")
    return below[0] if len(below) == 1 else None


def source_roots(root: Path, module: str) -> tuple[Path, ...]:
    """Return the folders to import from, first things first: those of `manage.py`, and the one that has the module."""
    manage = manage_file(root)
    found = [manage.parent] if manage else []
    found += [root, *_said_by_pyproject(root)]
    if not any(_has(folder, module) for folder in found):
        found += [folder for folder in _folders(root) if _has(folder, module)][:1]
    return tuple(dict.fromkeys(found))


def put_on_path(roots: tuple[Path, ...]) -> None:
    """Let Python import from these folders, unless it does already."""
    for folder in reversed(roots):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))


def _folders(root: Path) -> Iterator[Path]:
    """`src` first, then every other folder, then those one level below."""
    here = sorted((path for path in root.iterdir() if path.is_dir() and path.name[:1] not in "._"), key=_src_first)
    yield from here
    for folder in here:
        yield from sorted(path for path in folder.iterdir() if path.is_dir() and path.name[:1] not in "._")


def _src_first(path: Path) -> tuple[bool, str]:
    return path.name != "src", path.name


def _has(folder: Path, module: str) -> bool:
    place = folder.joinpath(*module.split("."))
    return place.with_name(f"{place.name}.py").is_file() or (place / "__init__.py").is_file()


def _named_by_manage(manage: Path) -> str | None:
    try:
        tree = ast.parse(manage.read_text(encoding="utf-8"))
    except (SyntaxError, OSError, UnicodeDecodeError) as error:
        raise BadInput(f"`manage.py` cannot be read: {error}.", remedy=f"Set `{_ENVIRONMENT}`.") from error
    for node in ast.walk(tree):
        match node:
            case ast.Call(args=[ast.Constant(value="DJANGO_SETTINGS_MODULE"), ast.Constant(value=str(name))]):
                return name
            case ast.Assign(
                targets=[ast.Subscript(slice=ast.Constant(value="DJANGO_SETTINGS_MODULE"))],
                value=ast.Constant(value=str(name)),
            ):
                return name
    return None


def _named_by_pyproject(pyproject: dict[str, Any]) -> str | None:  # Any: TOML
    tool = pyproject.get("tool", {})
    for table, key in ((("pytest", "ini_options"), _ENVIRONMENT), (("django-stubs",), "django_settings_module")):
        found = tool
        for name in table:
            found = found.get(name, {}) if isinstance(found, dict) else {}
        if isinstance(found, dict) and isinstance(found.get(key), str):
            return str(found[key])
    return None


def _said_by_pyproject(root: Path) -> Iterator[Path]:
    """The folders that pytest, or setuptools, is told to look in."""
    tool = _pyproject(root).get("tool", {})
    for path in (("pytest", "ini_options", "pythonpath"), ("setuptools", "packages", "find", "where")):
        found: Any = tool  # Any: TOML
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        for folder in [found] if isinstance(found, str) else found if isinstance(found, list) else []:
            if isinstance(folder, str) and (root / folder).is_dir():
                yield (root / folder).resolve()


def _pyproject(root: Path) -> dict[str, Any]:  # Any: TOML
    try:
        return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
