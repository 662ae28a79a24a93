"""The class gets its name, its table, and what people call it."""

from __future__ import annotations

from dataclasses import replace

from django.utils.text import camel_case_to_spaces

from onboard.passes.brief import Brief
from onboard.passes.dollar_names import queryable
from onboard.passes.examples import column, example, keyed
from onboard.passes.model import ModelClass, with_option
from onboard.passes.passing import Pass, Phase


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Name the class and write the options that every model has."""
    decision = brief.decision
    model = replace(model, name=decision.model)
    model = with_option(model, "managed", False)
    model = with_option(model, "db_table", queryable(decision.db_table, brief))
    if brief.table.comment:
        model = with_option(model, "db_table_comment", brief.table.comment)
    derived = camel_case_to_spaces(decision.model)
    spoken = decision.verbose_name or derived
    if spoken != derived:
        model = with_option(model, "verbose_name", spoken)
    if decision.verbose_name_plural and decision.verbose_name_plural != f"{spoken}s":
        model = with_option(model, "verbose_name_plural", decision.verbose_name_plural)
    return model


PASS = Pass(
    "Names the class and its table.",
    Phase.NAMES,
    rewrite,
    examples=(
        example(
            "    c1 = models.IntegerField(primary_key=True)\n",
            "    c1 = models.IntegerField(primary_key=True)\n\n    class Meta:\n"
            "        managed = False\n        db_table = 'note'\n",
            keyed("note", column("id")),
        ),
    ),
)
