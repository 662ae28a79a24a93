"""Answers for Django's autodetector where nobody can be asked: nothing is renamed, nothing is made up."""

from __future__ import annotations

from typing import Any

from django.db.migrations.questioner import MigrationQuestioner
from django.db.models import NOT_PROVIDED


class NoGuesses(MigrationQuestioner):
    """Leaves out what only a person knows: a default for rows that exist, whether one name became another."""

    def ask_not_null_addition(self, field_name: str, model_name: str) -> Any:  # Any: Django's own sentinel
        return NOT_PROVIDED

    def ask_not_null_alteration(self, field_name: str, model_name: str) -> Any:  # Any: as above
        return NOT_PROVIDED

    def ask_auto_now_add_addition(self, field_name: str, model_name: str) -> Any:  # Any: as above
        return NOT_PROVIDED

    def ask_unique_callable_default_addition(self, field_name: str, model_name: str) -> None:
        return None
