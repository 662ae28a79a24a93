"""Foreign keys of several columns stay plain columns, with a property that fetches the row they refer to."""

from __future__ import annotations

from dataclasses import replace

import libcst as cst
from libcst.helpers import parse_template_statement

from onboard.catalog.structure import ForeignKey
from onboard.decisions.decisions import RelationDecision
from onboard.passes.brief import Brief, brief_for
from onboard.passes.examples import column, example, keyed, name_of
from onboard.passes.model import ModelClass, with_notes
from onboard.passes.passing import Pass, Phase
from onboard.passes.written import literal, parsed

_ACCESSOR = """
@property
def {name}(self) -> {annotation}:
    {docstring}
    key = {key}
    if None in key.values():
        return None
    model = self._meta.apps.get_model({app}, {model})
    return model._base_manager.using(self._state.db).filter(**key).first()
"""


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Add the accessor of every composite foreign key whose target has a model."""
    relations = tuple(
        relation
        for relation in brief.decision.relations
        if len(relation.columns) > 1 and relation.references in brief.plan.decided
    )
    if not relations:
        return model
    methods = {method.name.value: method for method in model.methods}
    methods |= {relation.field: _accessor(relation, brief) for relation in relations}
    model = replace(model, methods=tuple(methods[name] for name in sorted(methods)))
    return with_notes(model, tuple(_note(relation) for relation in relations))


def _accessor(relation: RelationDecision, brief: Brief) -> cst.FunctionDef:
    target = brief_for(brief.plan, relation.references)
    pairs = zip(relation.columns, relation.referenced_columns, strict=True)
    key = cst.Dict(
        [
            cst.DictElement(literal(target.attribute(theirs)).node, parsed(f"self.{brief.attribute(own)}"))
            for own, theirs in pairs
        ]
    )
    statement = parse_template_statement(
        _ACCESSOR,
        name=cst.Name(relation.field),
        annotation=literal(f"{target.decision.model} | None").node,
        docstring=literal(f"The {target.decision.model} that {_spelled(relation, brief)} refer to, if any.").node,
        key=key,
        app=literal(brief.plan.app).node,
        model=literal(target.decision.model).node,
    )
    if not isinstance(statement, cst.FunctionDef):
        raise TypeError("the template is a function")
    return statement


def _spelled(relation: RelationDecision, brief: Brief) -> str:
    return ", ".join(brief.attribute(column) for column in relation.columns)


def _note(relation: RelationDecision) -> str:
    columns = ", ".join(f"`{column}`" for column in relation.columns)
    return f"{columns} together refer to `{relation.references}`: `{relation.field}` fetches that row; it is no field."


PASS = Pass(
    "Gives foreign keys of several columns a property that fetches the row.",
    Phase.KEYS,
    rewrite,
    examples=(
        example(
            "    c1 = models.IntegerField(primary_key=True)\n    c2 = models.IntegerField()\n",
            "    c1 = models.IntegerField(primary_key=True)\n    c2 = models.IntegerField()\n\n"
            "    @property\n"
            "    def booking(self) -> 'Booking | None':\n"
            "        'The Booking that id, day refer to, if any.'\n"
            "        key = {'room': self.id, 'day': self.day}\n"
            "        if None in key.values():\n"
            "            return None\n"
            "        model = self._meta.apps.get_model('legacy', 'Booking')\n"
            "        return model._base_manager.using(self._state.db).filter(**key).first()\n",
            replace(
                keyed("guest", column("id"), column("day")),
                foreign_keys=(ForeignKey("fk", ("id", "day"), name_of("booking"), ("room", "day")),),
            ),
            keyed("booking", column("room"), column("day"), key=("room", "day")),
        ),
    ),
)
