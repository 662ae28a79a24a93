"""What the passes hand on: the text of each model with the imports it needs, and what the baseline repeats of it.

Plain text, so that nothing after `passes` needs LibCST. Text is valid Python, not yet wrapped to 88 columns.
"""

from __future__ import annotations

from dataclasses import dataclass

from onboard.catalog.structure import TableName


@dataclass(frozen=True, slots=True, order=True)
class Import:
    """`from module import name`, or `import module` where name is empty."""

    module: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of Python source and the imports it needs."""

    text: str
    imports: frozenset[Import] = frozenset()


@dataclass(frozen=True, slots=True)
class ModelSource:
    """One finished class."""

    table: TableName
    name: str
    text: str  # `class X(models.Model): ...`, with the TextChoices it nests, ends in a newline
    imports: frozenset[Import]
    uses_fields: frozenset[str]  # names of generated helper classes it takes from the app's fields.py
    fields: tuple[tuple[str, Expression], ...]  # as a migration writes them: `to="app.model"`, choices spelled out
    options: tuple[tuple[str, Expression], ...]  # CreateModel's options, `managed` and `db_table` included
    parents: tuple[str, ...] = ()  # models its relations point at, itself left out
    annotations: tuple[str, ...] = ()  # models that its annotations name, itself left out
    notes: tuple[str, ...] = ()  # what Django cannot say of this table, for the report


@dataclass(frozen=True, slots=True)
class AppSource:
    """All classes of an app, section by section, each in reading order (parents before children, cycles by name)."""

    app: str
    models: tuple[ModelSource, ...]
    preamble: tuple[ModelSource, ...] = ()  # shared TextChoices classes, before the models; `fields` empty
    titles: tuple[tuple[str, str], ...] = ()  # (the model that begins a section, its title); none in a small app
