"""Whether a name will do for a new Django app: importable, and nothing else's already."""

from __future__ import annotations

import importlib.util
import keyword
import sys
import unicodedata
from pathlib import Path

from onboard.errors import BadInput

_LABELS = frozenset({"admin", "auth", "contenttypes", "messages", "sessions", "staticfiles", "sites", "postgres"})
_REMEDY = "Choose another name with `--app NAME`, such as `legacy`."


def check_app_name(app: str, root: Path) -> None:
    """Raise BadInput where `app` cannot be the name of an app in the project at `root`."""
    if keyword.iskeyword(app):
        raise BadInput(f"`{app}` cannot be the name of an app: it is a keyword of Python.", remedy=_REMEDY)
    if not app.isidentifier() or unicodedata.normalize("NFKC", app) != app:
        raise BadInput(f"`{app}` cannot be the name of an app: it is not a Python identifier.", remedy=_REMEDY)
    if app in _LABELS:
        raise BadInput(f"`{app}` is the name of one of Django's own apps.", remedy=_REMEDY)
    if app in sys.stdlib_module_names:
        raise BadInput(f"`{app}` is the name of a module of Python itself.", remedy=_REMEDY)
    if _is_installed(app, root):
        raise BadInput(f"`{app}` is the name of an installed package.", remedy=_REMEDY)


def _is_installed(app: str, root: Path) -> bool:
    try:
        spec = importlib.util.find_spec(app)
    except (ImportError, ValueError):  # a module without a spec is there all the same
        return True
    if spec is None:
        return False
    places = [spec.origin or "", *(spec.submodule_search_locations or ())]
    return not any(
        Path(place).resolve().is_relative_to(root) and "site-packages" not in place for place in places if place
    )
