"""What a model is called in plain words, where Django would not arrive at them from the class name."""

from __future__ import annotations

from django.utils.text import camel_case_to_spaces

from onboard.decisions.fragments import fragments
from onboard.decisions.plurals import Plurals


def verbose_names(model: str, plurals: Plurals) -> tuple[str, str]:
    """Return verbose_name and verbose_name_plural; "" for what Django derives by itself."""
    words = fragments(model)
    plain = " ".join(words)
    last = max((place for place, word in enumerate(words) if word.isalpha()), default=-1)  # `columns v2`
    many = " ".join((*words[:last], plurals.plural(words[last]), *words[last + 1 :])) if last >= 0 else plain
    name = "" if plain == camel_case_to_spaces(model) else plain
    return name, "" if many == f"{plain}s" else many
