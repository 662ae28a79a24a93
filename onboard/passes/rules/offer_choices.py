"""Small sets of values that a person accepted become choices, in a class nested in the model."""

from __future__ import annotations

from dataclasses import replace

from onboard.passes.brief import Brief
from onboard.passes.choices import accepted_members, choices_class, choices_of, nested_class
from onboard.passes.examples import TEXT, column, example, keyed
from onboard.passes.model import ModelClass, with_arguments
from onboard.passes.passing import Pass, Phase
from onboard.passes.written import code


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Write the accepted choices of plain columns."""
    nested = {node.name.value: node for node in model.nested}
    fields = list(model.fields)
    accepted = dict(brief.decision.choices)
    for position, line in enumerate(fields):
        if line.column not in accepted or line.column in brief.relations:
            continue
        are_numbers = "Integer" in code(line.function.node)
        members = accepted_members(accepted[line.column], are_numbers=are_numbers)
        class_name = nested_class(brief.fields[line.column])
        nested[class_name] = choices_class(class_name, members)
        fields[position] = with_arguments(line, choices=choices_of(class_name, members))
    return replace(model, fields=tuple(fields), nested=tuple(nested[name] for name in sorted(nested)))


PASS = Pass(
    "Writes accepted sets of values as choices.",
    Phase.COLUMNS,
    rewrite,
    examples=(
        replace(
            example(
                "    c1 = models.TextField(primary_key=True)\n",
                "    class Id(models.TextChoices):\n        YES = 'Y'\n        NO = 'N', 'Never'\n\n"
                "    c1 = models.TextField(primary_key=True, choices=Id.choices)\n",
                keyed("flag", column("id", TEXT)),
            ),
            decided=lambda decisions: replace(
                decisions,
                tables=(replace(decisions.tables[0], choices=(("id", (("YES", "Y", "Yes"), ("NO", "N", "Never"))),)),),
            ),
        ),
    ),
)
