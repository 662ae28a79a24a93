"""Indexes keep their names, order and method; what Django's Index cannot say is kept in the server's own words."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import Index, IndexPart
from onboard.passes.brief import Brief
from onboard.passes.examples import column, example, keyed
from onboard.passes.indexes import written_index
from onboard.passes.model import ModelClass, with_constraints, with_indexes, with_notes
from onboard.passes.passing import Pass, Phase


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Write every index that stands for itself."""
    if brief.table.is_view:
        return model
    free = tuple(index for index in brief.table.indexes if index.constraint is None and _is_wanted(index, brief))
    written = tuple(written_index(index, brief) for index in free)
    model = with_indexes(model, tuple(entry.named for entry in written if not entry.is_constraint))
    model = with_constraints(model, tuple(entry.named for entry in written if entry.is_constraint))
    return with_notes(model, tuple(note for entry in written for note in entry.notes) + _invalid(brief))


def _is_wanted(index: Index, brief: Brief) -> bool:
    if not index.is_valid:
        return False
    if _is_djangos_own(index, brief):
        return False
    relation = brief.relations.get(index.columns[0]) if len(index.columns) == 1 else None
    says_it = relation is not None and relation.is_one_to_one and index.is_unique and index.is_plain
    return not (says_it and len(index.parts) == 1)


def _is_djangos_own(index: Index, brief: Brief) -> bool:
    """The second index that Django itself makes on a text key, for LIKE; the model implies it."""
    key = brief.decision.primary_key
    operators = index.parts[0].operator_class or ""
    is_like = index.name.endswith("_like") and operators in ("varchar_pattern_ops", "text_pattern_ops")
    return is_like and key is not None and key.columns == index.columns and index.predicate is None


def _invalid(brief: Brief) -> tuple[str, ...]:
    return tuple(
        f"The index `{index.name}` is invalid and is left out." for index in brief.table.indexes if not index.is_valid
    )


PASS = Pass(
    "Keeps indexes under their own names.",
    Phase.STRUCTURE,
    rewrite,
    examples=(
        example(
            "    c1 = models.IntegerField(primary_key=True)\n",
            "    c1 = models.IntegerField(primary_key=True)\n\n    class Meta:\n"
            "        indexes = [models.Index(fields=['-id'], name='note_last')]\n",
            replace(
                keyed("note", column("id")),
                indexes=(Index("note_last", (IndexPart("id", is_descending=True, nulls_first=True),)),),
            ),
        ),
    ),
)
