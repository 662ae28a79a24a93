"""What counts for a change of what is known, and whom it concerns."""

from __future__ import annotations

from onboard.inference.news import News
from onboard.inference.schema import ColumnView, Schema, read_schema
from onboard.inference.situation import Situation
from tests.catalogs import catalog, column, table

FIELDS = ("composed", "hubs", "index_habit", "sizes", "votes")


def _schema() -> Schema:
    customers = table("customers", column("id"), primary_key="id")
    return read_schema(catalog(customers, table("orders", column("no"), column("customer_id"))))


def _ends(schema: Schema) -> tuple[ColumnView, ColumnView]:
    customers, orders = schema.tables
    return orders.by_name["customer_id"], customers.by_name["id"]


def test_nothing_new_is_no_news() -> None:
    situation = Situation(_schema())
    news = News(situation, FIELDS)
    situation.hubs = {}
    assert not news.notice()
    assert news.version == 0


def test_a_vote_concerns_the_column_that_it_is_about() -> None:
    schema = _schema()
    child, parent = _ends(schema)
    situation = Situation(schema)
    news = News(situation, FIELDS)
    situation.votes = {(child, parent): 0.5}
    assert news.notice() == {"votes"}
    assert news.concern(child, 0)
    assert not news.concern(parent, 0)
    assert not news.concern(child, news.version)


def test_what_no_longer_holds_concerns_those_it_was_about() -> None:
    schema = _schema()
    child, parent = _ends(schema)
    situation = Situation(schema, composed={(child.table.name, child.name): (parent.table.name, 0.9)})
    news = News(situation, FIELDS)
    situation.composed = {}
    assert news.notice() == {"composed"}
    assert news.concern(child, 0)


def test_a_habit_concerns_everyone_and_rows_always_do() -> None:
    schema = _schema()
    child, parent = _ends(schema)
    situation = Situation(schema)
    news = News(situation, FIELDS)
    situation.index_habit = 0.4
    assert news.notice() == {"index_habit"}
    assert news.concern(parent, 0)
    situation.sizes[child.table.name] = 3
    news.notice()
    assert news.notice() == set(FIELDS)


def test_who_was_never_looked_at_is_concerned() -> None:
    schema = _schema()
    assert News(Situation(schema), FIELDS).concern(_ends(schema)[0], -1)
