"""Unique constraints keep their names, which also satisfies `to_field`; unique indexes are left to `keep_indexes`."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import Key
from onboard.passes.brief import Brief
from onboard.passes.constraints import database_constraint, deferrable, renamed_note
from onboard.passes.examples import column, example, keyed
from onboard.passes.model import ModelClass, Named, with_constraints, with_notes
from onboard.passes.passing import Pass, Phase
from onboard.passes.written import argument, call, listed, literal, models


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Write every unique constraint that no one-to-one relation says already."""
    one_to_one = {columns for columns, relation in brief.relations.items() if relation.is_one_to_one}
    kept = tuple(
        (name, key)
        for name, key in named_uniques(brief)
        if not (len(key.columns) == 1 and key.columns[0] in one_to_one)
    )
    renamed = tuple(renamed_note(key.name, name) for name, key in kept if key.name and key.name != name)
    return with_notes(with_constraints(model, tuple(_constraint(key, name, brief) for name, key in kept)), renamed)


def named_uniques(brief: Brief) -> tuple[tuple[str, Key], ...]:
    """Return the table's unique constraints with the names that the model gives them."""
    names = brief.plan.names.constraints
    return tuple(
        (names[brief.table.name, key.name] if key.name else _made_up(brief, key), key) for key in brief.table.uniques
    )


def _made_up(brief: Brief, key: Key) -> str:
    """A name for a constraint that has none, as on SQLite."""
    return "_".join((brief.table.name.name, *(brief.fields[column] for column in key.columns), "uniq"))


def _constraint(key: Key, name: str, brief: Brief) -> Named:
    # Django makes an index of a unique with INCLUDE, and has no words for a temporal key.
    if key.definition and (key.include or key.without_overlaps):
        return database_constraint(brief, name, key.definition)
    arguments = [
        argument("fields", listed(literal(brief.fields[column]) for column in key.columns)),
        argument("name", name),
    ]
    if key.nulls_not_distinct:
        arguments.append(argument("nulls_distinct", False))
    return Named(name, call(models("UniqueConstraint"), (*arguments, *deferrable(key))))


PASS = Pass(
    "Keeps unique constraints under their own names.",
    Phase.STRUCTURE,
    rewrite,
    examples=(
        example(
            "    c1 = models.IntegerField(primary_key=True)\n",
            "    c1 = models.IntegerField(primary_key=True)\n\n    class Meta:\n"
            "        constraints = [models.UniqueConstraint(fields=['id'], name='note_id_key')]\n",
            replace(keyed("note", column("id")), uniques=(Key("note_id_key", ("id",)),)),
        ),
    ),
)
