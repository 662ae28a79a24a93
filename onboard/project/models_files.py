"""AppSource -> `models.py`, or a `models` package with one module a table.

Relations name their models by string, so that modules need nothing of each other; only shared choices are imported.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import PurePosixPath
from textwrap import indent

from onboard.decisions.decisions import Decisions
from onboard.passes.source import AppSource, Import, ModelSource
from onboard.project.files import File
from onboard.project.imports import import_lines

_CHOICES = "_choices"  # a table's module never begins with an underscore
_MODELS = Import("django.db", "models")


def models_file(source: AppSource) -> File:
    """Return `models.py` with every class, in the order of the source."""
    sources = (*source.preamble, *source.models)
    imports = {_MODELS} if not sources else set().union(*(one.imports for one in sources))
    imports |= {Import(".fields", name) for one in sources for name in one.uses_fields}
    titles = dict(source.titles)
    if titles and source.preamble:
        titles[source.preamble[0].name] = "Choices"
    classes = (_headed(titles.get(one.name, ""), one.text) for one in sources)
    text = f'"""{_TITLE}"""\n\n{import_lines(imports)}\n\n' + "\n\n".join(classes)
    return File(PurePosixPath(source.app, "models.py"), text)


def model_modules(source: AppSource, decisions: Decisions) -> tuple[File, ...]:
    """Return the `models` package: one module a table, the shared choices, and `__init__.py` naming them all."""
    folder = PurePosixPath(source.app, "models")
    shared = frozenset(one.name for one in source.preamble)
    modules = {table.model: table.module for table in decisions.tables}
    files = [File(folder / f"{modules[one.name]}.py", _module_text(one, shared, modules)) for one in source.models]
    if source.preamble:
        files.append(File(folder / f"{_CHOICES}.py", _choices_text(source.preamble)))
    exported = {one.name: modules[one.name] for one in source.models} | dict.fromkeys(shared, _CHOICES)
    return (File(folder / "__init__.py", _package_text(exported)), *files)


_TITLE = "The tables of the legacy database. Edit freely: `onboard generate` keeps what you write."


def _headed(title: str, text: str) -> str:
    return f"# --- {title} ---\n\n\n{text}" if title else text


def _module_text(model: ModelSource, shared: frozenset[str], modules: Mapping[str, str]) -> str:
    imports = model.imports | {Import("..fields", name) for name in model.uses_fields}
    imports |= {Import(f".{_CHOICES}", name) for name in shared & _names(model.text)}
    if not model.annotations:
        return f"{import_lines(imports)}\n\n{model.text}"
    # For whoever reads types: at run time the modules of tables that refer to each other would wait for each other.
    imports |= {Import("typing", "TYPE_CHECKING")}
    annotated = import_lines(Import(f".{modules[name]}", name) for name in model.annotations)
    return f"{import_lines(imports)}\n\nif TYPE_CHECKING:\n{indent(annotated, '    ')}\n\n{model.text}"


def _choices_text(preamble: tuple[ModelSource, ...]) -> str:
    imports = frozenset[Import]().union(*(one.imports for one in preamble))
    return f"{import_lines(imports)}\n\n" + "\n\n".join(one.text for one in preamble)


def _package_text(exported: dict[str, str]) -> str:
    imports = import_lines(Import(f".{module}", name) for name, module in exported.items())
    names = "".join(f"    {name!r},\n" for name in sorted(exported))
    return f'"""{_TITLE}"""\n\n{imports}\n__all__ = [\n{names}]\n'


def _names(text: str) -> frozenset[str]:
    return frozenset(node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name))
