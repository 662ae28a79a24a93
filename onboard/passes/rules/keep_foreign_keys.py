"""Foreign keys that no relation says stay in the server's own words: of several columns, or a second of a column."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import ForeignKey
from onboard.passes.brief import Brief
from onboard.passes.constraints import database_constraint, renamed_note
from onboard.passes.examples import column, example, keyed, name_of
from onboard.passes.model import ModelClass, with_constraints, with_notes
from onboard.passes.passing import Pass, Phase


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Write every such key whose target has a model, and so is there wherever the models are."""
    names = brief.plan.names.constraints
    kept = tuple((names[brief.table.name, key.name], key) for key in brief.table.foreign_keys if _is_left(key, brief))
    constraints = tuple(database_constraint(brief, name, key.definition) for name, key in kept)
    renamed = tuple(renamed_note(key.name, name) for name, key in kept if name != key.name)
    return with_notes(with_constraints(model, constraints), renamed)


def _is_left(key: ForeignKey, brief: Brief) -> bool:
    # SQLite keeps foreign keys as part of the table's text, and has no words of their own for them.
    if not (key.name and key.definition) or key.references not in brief.plan.decided:
        return False
    relation = brief.relations.get(key.columns[0]) if len(key.columns) == 1 else None
    said = (relation.references, relation.referenced_columns) if relation is not None else None
    return said != (key.references, key.referenced_columns)


_WORDS = "FOREIGN KEY (id, day) REFERENCES public.booking(room, day)"

PASS = Pass(
    "Keeps foreign keys that no relation says: of several columns, or a second of a column.",
    Phase.STRUCTURE,
    rewrite,
    examples=(
        example(
            "    c1 = models.IntegerField(primary_key=True)\n    c2 = models.IntegerField()\n",
            "    c1 = models.IntegerField(primary_key=True)\n    c2 = models.IntegerField()\n\n    class Meta:\n"
            f"        constraints = [DatabaseConstraint(definition='{_WORDS}', name='guest_booking')]\n",
            replace(
                keyed("guest", column("id"), column("day")),
                foreign_keys=(
                    ForeignKey("guest_booking", ("id", "day"), name_of("booking"), ("room", "day"), definition=_WORDS),
                ),
            ),
            keyed("booking", column("room"), column("day"), key=("room", "day")),
        ),
    ),
)
