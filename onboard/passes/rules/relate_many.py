"""The two sides of a join table reach each other; the join table stays a model."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import ForeignKey
from onboard.decisions.decisions import ManyToManyDecision
from onboard.passes.brief import Brief, brief_for
from onboard.passes.examples import column, example, keyed, name_of
from onboard.passes.model import FieldLine, ModelClass
from onboard.passes.passing import Pass, Phase
from onboard.passes.written import Argument, Written, argument, literal, models


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Add a field after the columns for every join that was decided on."""
    lines = tuple(_line(one, brief) for one in brief.decision.many_to_many if _is_sound(one, brief))
    if not lines:
        return model
    names = {line.name for line in lines}
    kept = (line for line in model.fields if line.column is not None or line.name not in names)
    return replace(model, fields=(*kept, *lines))


def _is_sound(one: ManyToManyDecision, brief: Brief) -> bool:
    """Whether both sides of the join came out as relations."""
    if one.through not in brief.plan.decided or one.target not in brief.plan.decided:
        return False
    relations = brief_for(brief.plan, one.through).relations.values()
    return {relation.references for relation in relations} == {brief.table.name, one.target}


def _line(one: ManyToManyDecision, brief: Brief) -> FieldLine:
    app = brief.plan.app
    target, through = brief.plan.decided[one.target].model, brief.plan.decided[one.through].model
    arguments = (
        Argument(None, Written(literal(target).node, literal(f"{app}.{target.lower()}").node)),
        Argument("through", Written(literal(through).node, literal(f"{app}.{through}").node)),
        argument("related_name", one.related_name),
    )
    return FieldLine(one.field, None, models("ManyToManyField"), arguments)


PASS = Pass(
    "Lets the two sides of a join table reach each other.",
    Phase.STRUCTURE,
    rewrite,
    examples=(
        replace(
            example(
                "    c1 = models.IntegerField(primary_key=True)\n",
                "    c1 = models.IntegerField(primary_key=True)\n"
                "    actors = models.ManyToManyField('Actor', through='Cast', related_name='films')\n",
                keyed("film", column("id")),
                keyed("actor", column("id")),
                replace(
                    keyed("cast", column("film_id"), column("actor_id"), key=("film_id", "actor_id")),
                    foreign_keys=(
                        ForeignKey("fk1", ("film_id",), name_of("film"), ("id",)),
                        ForeignKey("fk2", ("actor_id",), name_of("actor"), ("id",)),
                    ),
                ),
            ),
            decided=lambda decisions: replace(
                decisions,
                tables=(
                    replace(
                        decisions.tables[0],
                        many_to_many=(ManyToManyDecision("actors", name_of("cast"), name_of("actor"), "films"),),
                    ),
                    *decisions.tables[1:],
                ),
            ),
        ),
    ),
)
