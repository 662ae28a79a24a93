"""Which of several keys of one name, all holding the values of a column, is the one meant."""

import pytest

from onboard.inference.candidates import Edge, Relation
from onboard.inference.chains import looseness
from onboard.inference.foreign_keys import Choice
from onboard.inference.measured import ColumnProfile, Inclusion
from onboard.inference.schema import Schema, TableView, read_schema
from onboard.inference.situation import PairId, Situation
from tests.catalogs import catalog, column, table


def values(sizes: dict[str, int], distinct: int, relation: Relation = Relation.SAME_AS_KEY) -> dict[str, float]:
    """Return how loose each table is for a column of so many values that all of them hold."""
    made = [table(name, column("party_no"), column("note", "text"), primary_key="party_no") for name in sizes]
    schema = read_schema(catalog(*made, table("visits", column("id"), column("party_no"), primary_key="id")))
    views = {view.name.name: view for view in schema.tables}
    child = views["visits"].by_name["party_no"]
    edges = [Edge(child, views[name].keys[0], relation if name == "small" else Relation.SAME_AS_KEY) for name in sizes]
    situation = _situation(schema, views, sizes, distinct)
    found = looseness(schema, [Choice(child, edges)], situation)
    return {pair[2].name: round(value, 2) for pair, value in found.items()}


def _situation(schema: Schema, views: dict[str, TableView], sizes: dict[str, int], distinct: int) -> Situation:
    situation = Situation(schema)
    for name, size in sizes.items():
        situation.profiles[views[name].name, "party_no"] = ColumnProfile(size, size, 1, size)
        pair: PairId = (views["visits"].name, "party_no", views[name].name, "party_no")
        situation.inclusions[pair] = Inclusion(500, distinct, 0, 0, 0, is_exact=True)
    return situation


def test_a_key_that_is_alone_is_neither_tight_nor_loose() -> None:
    assert values({"large": 1000}, 90) == {}


def test_few_values_say_little_about_which_is_meant() -> None:
    found = values({"small": 90, "large": 100}, 2)
    assert found["large"] == pytest.approx(0.09, abs=0.01)


def test_the_smallest_is_meant_where_all_of_many_values_are_in_it() -> None:
    assert values({"small": 100, "middle": 300, "large": 1000}, 90) == {"small": -3.0, "middle": 3.0, "large": 3.0}


def test_of_equal_keys_none_is_preferred_as_long_as_nothing_names_one() -> None:
    found = values({"small": 100, "twin": 100, "large": 1000}, 90)
    assert (found["small"], found["twin"], found["large"]) == (0.0, 0.0, 3.0)


def test_a_key_that_only_holds_the_values_is_no_rival_of_one_that_the_name_leads_to() -> None:
    assert values({"small": 100, "large": 1000}, 90, Relation.CONTAINED) == {}
