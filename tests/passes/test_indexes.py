"""What becomes of an index."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onboard.catalog.structure import Index, IndexPart
from onboard.passes.brief import brief_for, plan_for
from onboard.passes.examples import TEXT, catalog_of, column, decisions_on, example, keyed
from onboard.passes.indexes import written_index
from onboard.passes.target import Target
from onboard.passes.written import code
from tests.catalogs import column_type

_LONG = "an_index_of_a_name_that_is_longer_than_thirty"


_TABLE = keyed(
    "t",
    column("id"),
    column("name", TEXT),
    column("other", TEXT),
    column("email", column_type("varchar(9)"), is_nullable=True),
    column("code", column_type("bpchar(3)")),
)


def _said(index: Index) -> str:
    table = replace(_TABLE, indexes=(index,))
    shown = example("", "", table)
    decided = replace(decisions_on(shown), search_path=("public",))
    brief = brief_for(plan_for(catalog_of(shown), decided, Target((6, 1))), table.name)
    return code(written_index(index, brief).named.value.node)


def _expression(sql: str, *, is_descending: bool = False, nulls_first: bool = False) -> IndexPart:
    return IndexPart(None, sql, is_descending=is_descending, nulls_first=nulls_first)


@pytest.mark.parametrize(
    "index",
    [
        Index("i", (_expression("lower(code)"),)),
        Index("i", (_expression("lower(btrim(name))"),)),
        Index("i", (_expression("(name || other)"),)),
        Index("i", (_expression("public.lower(name)"),)),
        Index("i", (_expression("COALESCE(name, ''::text)"),)),
        Index("i", (_expression("COALESCE(name, (email)::text)"),)),
        Index("i", (IndexPart("name", collation='other."C"'),)),
        Index("i", (IndexPart("id"),), is_unique=True, options=(("fillfactor", "70"),)),
        Index("i", (IndexPart("id"),), "gist", options=(("buffering", "auto"),)),
        Index(_LONG, (IndexPart("id"),), options=(("fillfactor", "70"),)),
        Index("i", (IndexPart("name", operator_class='public."Odd; ops"'),), "gin"),
        Index("i", (IndexPart(None, "lower(name)", operator_class='public."Odd; ops"'),)),
        Index("i", (IndexPart("id"),), "rum"),
    ],
)
def test_leaves_what_django_has_no_words_for_in_the_servers(index: Index) -> None:
    assert _said(index).startswith("DatabaseIndex(")


@pytest.mark.parametrize(
    ("index", "said"),
    [
        (Index("i", (IndexPart("id"),)), "models.Index(fields=['id'], name='i')"),
        (Index("i", (_expression("lower(name)"),)), "models.Index(Lower('name'), name='i')"),
        (Index("i", (_expression("(lower((email)::text))"),)), "models.Index(Lower('email'), name='i')"),
        (
            Index("i", (IndexPart("id"), _expression("upper(name)", is_descending=True, nulls_first=True))),
            "models.Index('id', Upper('name').desc(), name='i')",
        ),
        (Index("i", (_expression("COALESCE(name, other)"),)), "models.Index(Coalesce('name', 'other'), name='i')"),
        (
            Index("i", (IndexPart("id", is_descending=True),)),
            "models.Index(models.F('id').desc(nulls_last=True), name='i')",
        ),
        (
            Index("i", (IndexPart("id"), IndexPart("name", operator_class="public.gin_trgm_ops")), "gin"),
            "GinIndex(fields=['id', 'name'], opclasses=['', 'gin_trgm_ops'], name='i')",
        ),
        (
            Index("i", (IndexPart("name", operator_class="text_pattern_ops"),)),
            "models.Index(fields=['name'], opclasses=['text_pattern_ops'], name='i')",
        ),
        (Index("i", (IndexPart("id"),), "brin"), "BrinIndex(fields=['id'], name='i')"),
        (Index(_LONG, (IndexPart("id"),), "hash"), f"LongNameHashIndex(fields=['id'], name='{_LONG}')"),
        (Index(_LONG, (_expression("lower(name)"),)), f"LongNameIndex(Lower('name'), name='{_LONG}')"),
        (
            Index("i", (_expression("lower(name)"),), is_unique=True, predicate="(email IS NOT NULL)"),
            "models.UniqueConstraint(Lower('name'), condition=models.Q(email__isnull=False), name='i')",
        ),
        (Index("i", (IndexPart("id"),), is_unique=True), "UniqueIndex(fields=['id'], name='i')"),
        (
            Index("i", (IndexPart("id"),), is_unique=True, nulls_not_distinct=True),
            "UniqueIndex(fields=['id'], nulls_distinct=False, name='i')",
        ),
        (
            Index("i", (IndexPart(None, "lower(name)", operator_class="public.gin_trgm_ops"),), "gin"),
            "GinIndex(OpClass(Lower('name'), name='gin_trgm_ops'), name='i')",
        ),
        (
            Index("i", (IndexPart(None, "upper(name)", operator_class="text_pattern_ops", is_descending=True),)),
            "models.Index(OpClass(Upper('name'), name='text_pattern_ops').desc(nulls_last=True), name='i')",
        ),
        (
            Index("i", (IndexPart("name", collation='"C"', operator_class="text_pattern_ops"), IndexPart("id"))),
            "models.Index(OpClass(Collate('name', 'C'), name='text_pattern_ops'), 'id', name='i')",
        ),
        (Index("i", (_expression("length(name)"),)), "models.Index(Length('name'), name='i')"),
        (
            Index("i", (IndexPart("id"),), "brin", options=(("autosummarize", "on"), ("pages_per_range", "32"))),
            "BrinIndex(fields=['id'], autosummarize=True, pages_per_range=32, name='i')",
        ),
        (
            Index("i", (IndexPart("id"),), options=(("fillfactor", "70"),)),
            "BTreeIndex(fields=['id'], fillfactor=70, name='i')",
        ),
    ],
)
def test_says_what_django_says(index: Index, said: str) -> None:
    assert _said(index) == said
