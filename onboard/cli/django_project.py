"""Loads the person's own Django project into this process, as `manage.py` would."""

from __future__ import annotations

import os
from pathlib import Path

from onboard.cli.layout import put_on_path, settings_module, source_roots
from onboard.errors import BadInput


def has_project(root: Path) -> bool:
    """Whether there is a Django project in the folder: a `manage.py`."""
    return (root / "manage.py").is_file()


def set_up(root: Path) -> None:
    """Load the project's settings and apps, as `manage.py` would; BadInput where they do not load."""
    name = settings_module(root)
    os.environ["DJANGO_SETTINGS_MODULE"] = name
    put_on_path(source_roots(root, name))
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
