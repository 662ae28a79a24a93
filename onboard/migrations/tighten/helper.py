"""The operations that the migrations use: the app's own `migrations/_tighten.py`, or the one about to be written."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Collection
from pathlib import Path
from types import ModuleType

from django.db.migrations.loader import MigrationLoader

from onboard.project.render import template_text, templates_folder

# By the kind of database that was scanned; the last of each holds the operations, and may import the others.
FILES = {
    "postgresql": ("_tighten_table.py", "_tighten.py"),
    "sqlite": ("_tighten_sqlite_table.py", "_tighten_sqlite.py"),
}
_FOLDER = "app/migrations"


def helper_module(app_label: str, engine: str) -> ModuleType:
    """Return the module of operations under the name that migrations know it by, on disk or not."""
    package, _ = MigrationLoader.migrations_module(app_label)
    found = importlib.import_module(str(package))
    folder = Path(found.__file__ or "").parent
    modules = [_module(f"{package}.{Path(name).stem}", folder, name) for name in FILES[engine]]
    return modules[-1]


def helper_texts(folder: Path, modules: Collection[str]) -> dict[str, str]:
    """Return the files that the migrations folder lacks of those that these modules of operations need, by name."""
    wanted = [name for names in FILES.values() if Path(names[-1]).stem in modules for name in names]
    return {name: template_text(f"{_FOLDER}/{name}") for name in wanted if not (folder / name).is_file()}


def _module(name: str, folder: Path, file: str) -> ModuleType:
    if (folder / file).is_file() or name in sys.modules:
        return importlib.import_module(name)
    spec = importlib.util.spec_from_file_location(name, templates_folder() / _FOLDER / file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    # As importing does: migrations reach it as an attribute of their package.
    setattr(importlib.import_module(name.rpartition(".")[0]), name.rpartition(".")[2], module)
    return module
