"""Columns whose two values a person took for true and false."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import Check
from onboard.draft.inspectdb import draft_models
from onboard.passes.examples import catalog_of, column, decisions_on, example, keyed
from onboard.passes.rewrite import rewrite
from onboard.passes.target import Target
from tests.catalogs import column_type

_TABLE = replace(
    keyed(
        "t",
        column("id"),
        column("paid", column_type("bpchar(1)"), default="'N'::bpchar"),
        column("done", column_type("int2"), default="1", is_nullable=True),
        column("odd", column_type("bpchar(1)"), default="'?'::bpchar"),
    ),
    checks=(Check("c", "(paid = ANY (ARRAY['Y'::bpchar, 'N'::bpchar]))", ("paid",)),),
)


def _text(*flags: tuple[str, str, str]) -> str:
    shown = example("", "", _TABLE)
    decided = decisions_on(shown)
    decided = replace(decided, tables=(replace(decided.tables[0], flags=flags),))
    [model] = rewrite(
        draft_models(catalog_of(shown), decided), catalog_of(shown), decided, target=Target((5, 2))
    ).models
    return model.text


def test_leaves_columns_alone_that_nobody_spoke_of() -> None:
    assert "FlagField" not in _text()
    assert "FlagField" not in _text(("id", "1", "0"))  # a key stays what it is


def test_keeps_the_values_and_the_type_of_the_column() -> None:
    text = _text(("done", "1", "0"), ("odd", "x", ""), ("paid", "Y", "N"))
    assert "paid = FlagField(true='Y', false='N', column_type='character(1)', db_default=False)" in text
    assert "done = FlagField(true=1, false=0, column_type='smallint', blank=True, null=True, db_default=True)" in text
    assert (
        """odd = FlagField(true='x', false='', column_type='character(1)', db_default=RawSQL("'?'::bpchar", []))"""
        in text
    )


def test_leaves_conditions_on_a_flag_in_the_servers_words() -> None:
    assert "models.Q(paid__in=['Y', 'N'])" in _text()
    assert "DatabaseConstraint(definition=" in _text(("paid", "Y", "N"))
