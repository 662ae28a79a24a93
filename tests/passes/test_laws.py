"""Laws that hold for every pass: its examples are true, it is idempotent, its phase commutes, its words are whole."""

from __future__ import annotations

import ast
from functools import reduce

import pytest

from onboard.catalog.structure import Catalog
from onboard.draft.inspectdb import draft_models
from onboard.passes.brief import Brief, brief_for, placeholders, plan_for
from onboard.passes.emit import emit
from onboard.passes.examples import catalog_of, decisions_on
from onboard.passes.model import ModelClass
from onboard.passes.parse import parse_draft
from onboard.passes.passing import Example, Pass, Phase, all_passes
from onboard.passes.target import Target
from tests.conftest import NewDatabase
from tests.passes import project
from tests.passes.test_rewrite import LIBRARY

PASSES = all_passes()
SHOWN = [(rule, shown) for rule in PASSES for shown in rule.examples]


def begun(shown: Example) -> tuple[ModelClass, Brief]:
    """The class before the pass, and its brief."""
    plan = plan_for(catalog_of(shown), decisions_on(shown), Target((6, 1)))
    table = shown.tables[0]
    return parse_draft(shown.before, placeholders(table)), brief_for(plan, table.name)


@pytest.mark.parametrize(("rule", "shown"), SHOWN)
def test_does_what_its_example_says(rule: Pass, shown: Example) -> None:
    model, brief = begun(shown)
    assert emit(rule.rewrite(model, brief), brief).text.partition("\n")[2] == shown.after


@pytest.mark.parametrize(("rule", "shown"), SHOWN)
def test_changes_nothing_the_second_time(rule: Pass, shown: Example) -> None:
    model, brief = begun(shown)
    once = rule.rewrite(model, brief)
    assert emit(rule.rewrite(once, brief), brief) == emit(once, brief)


@pytest.mark.parametrize("rule", PASSES)
def test_says_what_it_does_in_a_sentence_and_shows_it(rule: Pass) -> None:
    assert rule.summary.endswith(".")
    assert rule.examples


def classes(catalog: Catalog) -> list[tuple[ModelClass, Brief]]:
    """Every draft of a database, taken apart."""
    decisions = project.decisions_of(catalog)
    plan = plan_for(catalog, decisions, Target((6, 1)))
    return [
        (parse_draft(draft.text, placeholders(plan.tables[draft.table])), brief_for(plan, draft.table))
        for draft in draft_models(catalog, decisions)
    ]


def run(model: ModelClass, brief: Brief, rules: list[Pass]) -> ModelClass:
    """The class after these passes."""
    return reduce(lambda rewritten, rule: rule.rewrite(rewritten, brief), rules, model)


def test_passes_of_a_phase_commute_and_each_is_idempotent(new_database: NewDatabase) -> None:
    for model, brief in classes(project.catalog_of(new_database(*LIBRARY), "public", "hr")):
        plain = emit(run(model, brief, list(PASSES)), brief)
        turned = [rule for phase in Phase for rule in reversed(PASSES) if rule.phase is phase]
        other = emit(run(model, brief, turned), brief)
        assert (other.text, other.fields, other.options) == (plain.text, plain.fields, plain.options)
        twice = [again for rule in PASSES for again in (rule, rule)]
        assert emit(run(model, brief, twice), brief) == plain
        ast.parse(plain.text)
