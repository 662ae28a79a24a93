"""Loads the person's own Django project into this process, as `manage.py` would."""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path

from onboard.errors import BadInput


def has_project(root: Path) -> bool:
    """Whether there is a Django project in the folder: a `manage.py`."""
    return (root / "manage.py").is_file()


def settings_module(root: Path) -> str:
    """Return the name of the settings module; BadInput where neither the environment nor manage.py names one."""
    if named := os.environ.get("DJANGO_SETTINGS_MODULE"):
        return named
    manage = root / "manage.py"
    try:
        tree = ast.parse(manage.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(
            f"There is no Django project in `{root}`: no `manage.py`.",
            remedy="Run `onboard generate --app NAME`, or name the project's folder with `-C DIR`.",
        ) from None
    except (SyntaxError, OSError, UnicodeDecodeError) as error:
        raise BadInput(f"`manage.py` cannot be read: {error}.", remedy="Set `DJANGO_SETTINGS_MODULE`.") from error
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and len(node.args) == 2 and (name := _names_settings(node)):
            return name
    raise BadInput("`manage.py` names no settings module.", remedy="Set `DJANGO_SETTINGS_MODULE`.")


def set_up(root: Path) -> None:
    """Load the project's settings and apps, as `manage.py` would; BadInput where they do not load."""
    name = settings_module(root)
    os.environ["DJANGO_SETTINGS_MODULE"] = name
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    import django

    try:
        django.setup()
    except Exception as error:  # a project's settings may raise anything at all
        raise BadInput(
            f"The settings `{name}` do not load: {type(error).__name__}: {error}.",
            where=str(root),
            remedy="See that `python manage.py check` works, then run this again.",
        ) from error


def lines_to_add(app: str, missing: tuple[str, ...]) -> str:
    """Return the sentence that tells a person what to add to `INSTALLED_APPS`."""
    lines = "".join(f'    "{name}",\n' for name in (*missing, app))
    return f"Add to INSTALLED_APPS in the settings:\n{lines}"


def _names_settings(call: ast.Call) -> str | None:
    match call.args:
        case [ast.Constant(value="DJANGO_SETTINGS_MODULE"), ast.Constant(value=str(name))]:
            return name
    return None
