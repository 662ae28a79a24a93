from __future__ import annotations

import keyword
from pathlib import Path

from django.db.models import Model

from onboard.decisions.reserved import _listed, reserved_classes, reserved_fields, reserved_modules

HELPERS = Path(__file__).parents[2] / "templates" / "app" / "fields"


def test_leaves_common_words_free() -> None:
    assert not reserved_fields() & {
        "id",
        "name",
        "type",
        "date",
        "order",
        "user",
        "settings",
        "value",
        "index",
        "group",
    }
    assert not reserved_classes() & {"order", "user", "index", "value", "case_file", "type"}


def test_every_attribute_of_a_model_is_reserved_on_every_django_alike() -> None:
    running = {name for name in dir(Model) if not name.startswith("_")}
    assert running <= _listed("model")


def test_keywords_are_reserved_everywhere() -> None:
    words = {word.lower() for word in keyword.kwlist}
    assert words <= reserved_fields() & reserved_classes() & reserved_modules()


def test_the_apps_helper_classes_are_reserved() -> None:
    helpers = {path.stem.lower() for path in HELPERS.glob("*.py") if not path.stem.startswith("_")}
    assert helpers <= reserved_classes()
