"""AppSource -> the text of `0001_initial.py`: every model whole, none of them Django's yet.

Django's own makemigrations leaves relations, indexes and constraints of unmanaged models out of what it records
(autodetector, `generate_created_models`, up to 6.1), and finds them new once the model is managed.
"""

from __future__ import annotations

from onboard.migrations.text import text_literal
from onboard.passes.source import AppSource, Expression, Import, ModelSource
from onboard.project.imports import import_lines

_OWN = frozenset({Import("django.db", "migrations"), Import("django.db", "models")})

_TEXT = '''\
"""The tables that were there before Django: recorded whole, made only where none of them exists."""

{imports}
from . import _onboard


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        _onboard.RecordModels(
            models=[
{models}
            ],
        ),
        _onboard.CreateAbsentTables(),
    ]
'''


def initial_text(source: AppSource) -> str:
    """Return the first migration of the app, not yet formatted."""
    imports = _OWN.union(*(found.imports for model in source.models for _, found in (*model.fields, *model.options)))
    return _TEXT.format(imports=import_lines(imports), models="\n".join(_model(model) for model in source.models))


def _model(model: ModelSource) -> str:
    fields = "".join(f"({text_literal(name)}, {field.text}),\n" for name, field in model.fields)
    return f"""\
migrations.CreateModel(
name={text_literal(model.name)},
fields=[
{fields}],
options={{
{_options(model.options)}}},
),"""


def _options(options: tuple[tuple[str, Expression], ...]) -> str:
    return "".join(f"{text_literal(name)}: {value.text},\n" for name, value in options)
