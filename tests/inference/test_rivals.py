"""Edges of one column compared: what the name fits better stays as it is, the others are marked."""

from __future__ import annotations

from tests.catalogs import column, table
from tests.inference.test_key_index import edges, keyed


def test_a_lonely_edge_is_bettered_by_none() -> None:
    (edge,) = edges("bills.customer_id", keyed("customers"), keyed("bills", "customer_id")).values()
    assert not edge.is_bettered
    assert not edge.leads_on
    assert not edge.has_home_rival


def test_a_key_that_explains_the_whole_name_betters_one_that_leaves_words() -> None:
    found = edges(
        "towns.geo_zone_id",
        keyed("zones", key="zone_id"),
        keyed("geo_zones", key="geo_zone_id"),
        keyed("towns", "geo_zone_id"),
    )
    assert found["zones.zone_id"].is_bettered
    assert not found["geo_zones.geo_zone_id"].is_bettered


def test_a_key_that_is_itself_a_reference_leads_on() -> None:
    found = edges(
        "posts.user_id",
        keyed("app_users"),
        keyed("app_rates"),
        keyed("app_pages"),
        keyed("limits", key="user_id"),
        keyed("posts", "user_id"),
    )
    assert found["limits.user_id"].leads_on == 1.0
    assert not found["app_users.id"].is_bettered


def test_a_table_of_the_own_schema_is_a_rival_at_home() -> None:
    tables = (keyed("depot.items"), keyed("shop.bills", "item_id"))
    assert not edges("shop.bills.item_id", *tables)["depot.items.id"].has_home_rival
    both = edges("shop.bills.item_id", *tables, keyed("shop.items"))
    assert both["depot.items.id"].has_home_rival
    assert not both["shop.items.id"].has_home_rival


def test_a_table_without_a_key_of_one_column_may_still_own_the_name() -> None:
    nodes = table("nodes", column("node_no"), column("version"), primary_key="node_no,version")
    current = (keyed(f"current_{name}") for name in ("nodes", "ways", "areas"))
    others = (keyed(name) for name in ("users", "notes", "issues", "traces"))
    assert edges("tags.node_id", nodes, *current, *others, keyed("tags", "node_id"))["current_nodes.id"].is_bettered


def test_a_table_whose_key_says_more_than_the_column_betters_no_other() -> None:
    others = (keyed("zone_masters"), keyed("towns", "zone_id"))
    assert not edges("towns.zone_id", keyed("zones", key="geo_zone_id"), *others)["zone_masters.id"].is_bettered
    assert edges("towns.zone_id", keyed("zones", key="zone_no"), *others)["zone_masters.id"].is_bettered
