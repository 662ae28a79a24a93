"""Conditions in the words that PostgreSQL and SQLite keep them in."""

from __future__ import annotations

import pytest

from onboard.catalog.structure import ColumnType, TypeKind
from onboard.passes.brief import Brief, brief_for, plan_for
from onboard.passes.conditions import condition
from onboard.passes.examples import catalog_of, column, decisions_on, example, keyed
from onboard.passes.target import Target
from onboard.passes.written import code
from tests.catalogs import column_type

ENUM = ColumnType("public", "mood", "public.mood", TypeKind.ENUM)


@pytest.fixture
def brief() -> Brief:
    table = keyed(
        "t",
        column("id"),
        column("total", column_type("numeric(8,2)")),
        column("kind", column_type("varchar(9)"), is_nullable=True),
        column("flag", column_type("bool")),
        column("maybe", column_type("bool"), is_nullable=True),
        column("mood", ENUM),
        column("at", column_type("date")),
        column("seen", column_type("timestamptz")),
    )
    shown = example("", "", table)
    return brief_for(plan_for(catalog_of(shown), decisions_on(shown), Target((6, 1))), table.name)


@pytest.mark.parametrize(
    "sql",
    [
        "((kind)::text <> 'a'::text)",
        "(length((kind)::text) > 2)",
        "(maybe IS TRUE)",
        "(maybe <> flag)",
        "(NOT (total > (0)::numeric))",
        "((kind)::bpchar = 'a'::bpchar)",
        "(total = ANY (ARRAY[(1)::numeric]))",
        "(at > 'infinity'::date)",
        "(at > '2024-01-01 00:00:00'::timestamp without time zone)",
        "(seen > '2024-01-01 00:00:00'::timestamp without time zone)",
        "(total > (id + 1))",
        "((total)::integer > 1)",
        "(other > 1)",
        "(kind = E'a\\\\nb')",
        "(1 < total)",
        "(public.is_good(id))",
        "total >",
        "((total > 1)",
        "",
    ],
)
def test_leaves_alone_what_django_would_say_differently(sql: str, brief: Brief) -> None:
    assert condition(sql, brief) is None


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("(total >= (0)::numeric)", "models.Q(total__gte=0)"),
        ("(total >= 0.50)", "models.Q(total__gte=Decimal('0.50'))"),
        ("(id > '-1'::integer)", "models.Q(id__gt=-1)"),
        ("((kind)::text = 'it''s'::text)", 'models.Q(kind="it\'s")'),
        (
            "((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
            "models.Q(kind__in=['a', 'b'])",
        ),
        ("(mood = 'glad'::public.mood)", "models.Q(mood='glad')"),
        ("(kind IS NULL)", "models.Q(kind__isnull=True)"),
        ("(kind IS NOT NULL)", "models.Q(kind__isnull=False)"),
        ("flag", "models.Q(flag=True)"),
        ("(NOT flag)", "models.Q(flag=False)"),
        ("(flag = true)", "models.Q(flag=True)"),
        ("(flag IS FALSE)", "models.Q(flag=False)"),
        ("((total <> (0)::numeric) AND flag)", "~models.Q(total=0) & models.Q(flag=True)"),
        ("(total <> id)", "~models.Q(total=models.F('id'))"),
        ("((kind)::text ~ '^[a-z]+$'::text)", "models.Q(kind__regex='^[a-z]+$')"),
        ("(at > '2024-01-01'::date)", "models.Q(at__gt=date(2024, 1, 1))"),
        (
            "(seen >= '2024-01-01 12:00:00+00'::timestamp with time zone)",
            "models.Q(seen__gte=datetime(2024, 1, 1, 12, 0, tzinfo=timezone.utc))",
        ),
        ("(total > id)", "models.Q(total__gt=models.F('id'))"),
        ("((id > 1) AND (id < 5) AND flag)", "models.Q(id__gt=1) & models.Q(id__lt=5) & models.Q(flag=True)"),
        ("((id > 1) OR ((id < 5) AND flag))", "models.Q(id__gt=1) | (models.Q(id__lt=5) & models.Q(flag=True))"),
        ("id > 1 and id in (1, 2)", "models.Q(id__gt=1) & models.Q(id__in=[1, 2])"),
    ],
)
def test_rebuilds_what_is_simple(sql: str, said: str, brief: Brief) -> None:
    found = condition(sql, brief)
    assert found is not None
    assert code(found.node) == said


def test_a_filter_takes_unknown_for_false(brief: Brief) -> None:
    found = condition("(maybe IS TRUE)", brief, is_filter=True)
    assert found is not None
    assert code(found.node) == "models.Q(maybe=True)"
