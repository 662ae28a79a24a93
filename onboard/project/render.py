"""Renders the Jinja2 templates; a value that a template names and nobody gave is an error.

Templates lie in `templates/` of a source checkout and in `onboard/templates` of the wheel.
"""

from __future__ import annotations

import functools
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def render(template: str, **values: object) -> str:
    """Return the text of a template, by its path under the templates folder (`app/apps.py.j2`)."""
    return _environment().get_template(template).render(**values)


def template_text(path: str) -> str:
    """Return a file of the templates folder as it is; KeyError where there is none."""
    try:
        return (templates_folder() / path).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise KeyError(path) from error


@functools.cache
def templates_folder() -> Path:
    """Return where the templates lie."""
    package = Path(__file__).resolve().parents[1]
    packed = package / "templates"
    return packed if packed.is_dir() else package.parent / "templates"


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(templates_folder()),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
