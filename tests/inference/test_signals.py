"""What the signals of a foreign key see on made-up schemas, one idea a test."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import Index, IndexPart, Table
from onboard.inference.answers import Answers
from onboard.inference.inferred import infer_from_names
from onboard.inference.score import evidence
from tests.catalogs import catalog, column, name_of, table
from tests.inference.test_key_index import keyed


def terms(child: str, parent: str, *tables: Table) -> dict[str, float]:
    inferred = infer_from_names(catalog(*tables), Answers())
    owner, _, name = child.rpartition(".")
    (edge,) = [
        edge
        for choice in inferred.choices
        for edge in choice.edges
        if choice.child.table.name == name_of(owner)
        and choice.child.name == name
        and edge.parent.table.name == name_of(parent)
    ]
    assert all(term.sentence for term in evidence(edge, dict.fromkeys(edge.terms, 1.0)))
    return edge.terms


def test_a_plural_counts_or_lists() -> None:
    tables = (keyed("families"), keyed("places", "families", "family"))
    assert "column_is_plural" in terms("places.families", "families", *tables)
    assert "column_is_plural" not in terms("places.family", "families", *tables)


def test_a_table_that_links_others_is_a_poor_parent() -> None:
    links = table("role_to_user", column("role_id"), column("note"), primary_key="role_id")
    assert "parent_is_link" in terms("acts.role_id", "role_to_user", links, keyed("acts", "role_id"))
    assert "parent_is_link" not in terms("acts.role_id", "roles", keyed("roles"), keyed("acts", "role_id"))


def test_a_detail_belongs_to_what_it_is_named_after() -> None:
    tables = (keyed("orders"), keyed("order_lines", "order_id"), keyed("bills", "order_id"))
    assert "belongs_to_parent" in terms("order_lines.order_id", "orders", *tables)
    assert "belongs_to_parent" not in terms("bills.order_id", "orders", *tables)


def test_the_table_whose_name_a_key_fits_owns_it() -> None:
    tables = (
        keyed("parties", key="party_no"),
        keyed("clerks", key="party_no"),
        keyed("desks", "party_no", "first_party_no"),
        keyed("clerk_desks", "party_no"),
    )
    assert "name_fits_other_table" in terms("desks.party_no", "clerks", *tables)
    assert "name_fits_other_table" not in terms("desks.party_no", "parties", *tables)
    assert "name_fits_other_table" not in terms("clerk_desks.party_no", "clerks", *tables)
    assert "role_fits_other_table" in terms("desks.first_party_no", "clerks", *tables)


def test_people_are_those_that_most_columns_refer_to() -> None:
    tables = (
        keyed("members"),
        keyed("persons"),
        keyed("accounts"),
        keyed("visits", "member_id", "seen_by"),
        keyed("calls", "member_id"),
        *(keyed(f"{name}_books", "account_id") for name in ("day", "week", "month", "year")),
    )
    assert terms("visits.seen_by", "members", *tables)["people_refer_there"] > 0
    assert terms("visits.seen_by", "persons", *tables)["people_refer_there"] < 0
    assert terms("visits.seen_by", "accounts", *tables)["people_refer_there"] < 0


def test_two_keys_of_a_name_that_neither_owns() -> None:
    tables = (keyed("sheets", key="xq_id"), keyed("plans", key="xq_id"))
    assert "names_differ_for_own_key" in terms("plans.xq_id", "sheets", *tables)


def test_labels_of_two_lists_do_not_refer_to_each_other() -> None:
    def listed(name: str) -> Table:
        return table(name, column("id"), column("caption", "text"), primary_key="id", uniques=("caption",))

    assert "both_are_labels" in terms("colours.caption", "shapes", listed("colours"), listed("shapes"))


def test_a_unique_that_is_no_primary_key_and_named_after_another_is_borrowed() -> None:
    limits = table("limits", column("id"), column("tariff_no"), primary_key="id", uniques=("tariff_no",))
    found = terms("calls.tariff_no", "limits", limits, keyed("tariffs"), keyed("calls", "tariff_no"))
    assert "borrowed_unique" in found
    assert "not_primary" in found


def test_suffixes_of_one_kind_hardly_differ() -> None:
    tables = (keyed("users"), keyed("notes", "user_uid", "user_no"))
    alike = terms("notes.user_uid", "users", *tables)["suffixes_differ"]
    assert alike < terms("notes.user_no", "users", *tables)["suffixes_differ"]


def test_an_index_that_is_not_unique_speaks_against_an_undeclared_key() -> None:
    def prefs(*indexes: str) -> Table:
        return table("prefs", column("pref_id"), column("text", "text"), indexes=indexes)

    others = (keyed("notes", "pref_id"),)
    assert "key_indexed_as_not_unique" in terms("notes.pref_id", "prefs", prefs("pref_id"), *others)
    assert "key_indexed_as_not_unique" not in terms("notes.pref_id", "prefs", prefs(), *others)


def test_by_is_as_good_as_a_suffix() -> None:
    tables = (keyed("users"), keyed("visits", "user_id", "seen_by"), keyed("calls", "user_id"))
    assert "lacks_usual_suffix" not in terms("visits.seen_by", "users", *tables)


def test_a_name_is_no_measure_where_the_key_is_a_name() -> None:
    teams = table("teams", column("name", "text"), primary_key="name")
    games = table("games", column("id"), column("team_name", "text"), column("name", "text"), primary_key="id")
    assert "looks_like_a_measure" not in terms("games.team_name", "teams", teams, games)


def test_another_schema_says_less_where_the_own_one_has_no_rival() -> None:
    tables = (keyed("depot.items"), keyed("shop.bills", "item_id"))
    alone = terms("shop.bills.item_id", "depot.items", *tables)["crosses_schemas"]
    rival = terms("shop.bills.item_id", "depot.items", *tables, keyed("shop.items", key="item_id"))["crosses_schemas"]
    assert alone < rival


def test_an_enum_can_say_which_table_a_polymorphic_pair_means() -> None:
    from dataclasses import replace

    from onboard.catalog.structure import TypeKind

    kind = column("owner_type", "text")
    made = table("parts", column("id"), replace(kind, type=replace(kind.type, kind=TypeKind.ENUM)), column("owner_id"))
    assert "belongs_to_polymorphic_pair" in terms("parts.owner_id", "users", keyed("users"), made)


def test_an_own_key_of_words_of_its_own_table_hardly_refers() -> None:
    tables = (keyed("triggers"), keyed("link_trigger", key="link_trigger_id"), keyed("notes", key="trigger_id"))
    assert terms("link_trigger.link_trigger_id", "triggers", *tables)["child_is_own_key"] == 1.5


def test_what_says_yes_or_no_refers_to_nothing() -> None:
    inferred = infer_from_names(catalog(keyed("users"), keyed("papers", "is_user", "last_user")), Answers())
    assert [choice.child.name for choice in inferred.choices] == ["last_user"]


def test_a_number_that_a_sequence_draws_stands_for_its_row_as_a_primary_key_does() -> None:
    drawn = replace(column("id"), identity="always")
    heads = table("heads", column("accno", "varchar(9)"), drawn, primary_key="accno", uniques=("id",))
    tables = (heads, keyed("lines", "head_id"))
    assert "not_primary" not in terms("lines.head_id", "heads", *tables)
    plain = replace(heads, columns=(heads.columns[0], column("id")))
    assert "not_primary" in terms("lines.head_id", "heads", plain, tables[1])


def test_a_reference_without_index_is_odd_where_references_have_indexes() -> None:
    parents = [keyed(name) for name in ("orders", "clerks", "shops", "carts", "gifts", "lamps", "desks", "chairs")]
    names = [f"{parent.name.name[:-1]}_id" for parent in parents]
    lines = table("lines", column("id"), *map(column, names), primary_key="id", indexes=tuple(names))
    loose = table("notes", column("id"), *map(column, names[:2]), primary_key="id", indexes=("id,order_id",))
    without = terms("notes.clerk_id", "clerks", *parents, lines, loose)["lacks_usual_index"]
    inside = terms("notes.order_id", "orders", *parents, lines, loose)["lacks_usual_index"]
    assert 0.4 < without <= 1
    assert inside < without / 2
    assert "lacks_usual_index" not in terms("lines.order_id", "orders", *parents, lines, loose)
    bare = table("lines", column("id"), *map(column, names), primary_key="id")
    assert terms("notes.clerk_id", "clerks", *parents, bare, loose).get("lacks_usual_index", 0) < 0.05


def test_a_part_of_a_composite_key_does_not_lead_elsewhere() -> None:
    drawn = replace(column("way_id"), identity="always")
    ways = table("ways", drawn, column("version"), primary_key="way_id,version")
    tags = table(
        "way_tags", column("way_id"), column("version"), column("k", "varchar(9)"), primary_key="way_id,version,k"
    )
    tables = (ways, keyed("current_ways"), keyed("current_nodes"), keyed("current_roads"), tags)
    assert terms("way_tags.way_id", "current_ways", *tables)["part_of_composite"] > 0.5


def test_tables_with_the_same_numbers_belong_together() -> None:
    tables = (keyed("dhcp4_pools"), keyed("dhcp6_pools"), keyed("dhcp4_hosts", "pool_id"), keyed("dhcp6_hosts"))
    assert terms("dhcp4_hosts.pool_id", "dhcp4_pools", *tables)["numbers_in_names_agree"] == 1
    assert terms("dhcp4_hosts.pool_id", "dhcp6_pools", *tables)["numbers_in_names_agree"] == -1


def test_a_name_says_that_it_is_a_foreign_key() -> None:
    tables = (keyed("requests"), keyed("results", "fk_request", "request_id"))
    assert "says_foreign_key" in terms("results.fk_request", "requests", *tables)
    assert "says_foreign_key" not in terms("results.request_id", "requests", *tables)


def test_a_weak_likeness_counts_more_where_there_is_no_other() -> None:
    tables = (keyed("metadata_fetchers"), keyed("raws", "fetcher_id"))
    assert "leads_nowhere_else" in terms("raws.fetcher_id", "metadata_fetchers", *tables)
    more = (*tables, keyed("mail_fetchers"))
    assert "leads_nowhere_else" not in terms("raws.fetcher_id", "metadata_fetchers", *more)


def test_a_key_without_sequence_comes_from_the_table_that_its_own_extends() -> None:
    drawn = [
        table(name, replace(column("id"), identity="always"), primary_key="id")
        for name in ("orders", "bills", "shops", "carts", "gifts")
    ]
    value = terms("order_extra.id", "orders", *drawn, keyed("order_extra"))["own_key_lacks_usual_sequence"]
    assert 0.4 < value < 1


def test_a_table_named_like_a_measure_is_a_thing() -> None:
    tables = (keyed("areas"), keyed("people", "area", "begin_area"))
    assert terms("people.area", "areas", *tables)["looks_like_a_measure"] < 1


def test_the_only_key_of_a_name_is_told_apart() -> None:
    tables = (keyed("targets", key="tid"), keyed("sites", "tid"))
    assert "only_key_of_that_name" in terms("sites.tid", "targets", *tables)
    assert "only_key_of_that_name" not in terms("sites.tid", "targets", *tables, keyed("things", key="tid"))


def test_the_name_of_an_index_says_that_it_is_there_for_a_foreign_key() -> None:
    bills = table("bills", column("id"), column("order_id"), column("shop_id"), primary_key="id", indexes=("shop_id",))
    made = replace(bills, indexes=(*bills.indexes, Index("fki_bills_order", (IndexPart("order_id"),))))
    tables = (keyed("orders"), keyed("shops"), made)
    assert "index_says_foreign_key" in terms("bills.order_id", "orders", *tables)
    assert "index_says_foreign_key" not in terms("bills.shop_id", "shops", *tables)


def test_a_number_drawn_beside_the_key_may_be_a_reference_by_mistake() -> None:
    serial = replace(column("order_id"), identity="by default")
    bills = table("bills", replace(column("id"), identity="by default"), serial, primary_key="id")
    assert "child_draws_sequence" in terms("bills.order_id", "orders", keyed("orders"), bills)
    inferred = infer_from_names(catalog(keyed("orders"), replace(bills, primary_key=None)), Answers())
    assert not [choice for choice in inferred.choices if choice.child.name == "order_id"]


def test_a_role_before_the_word_that_completes_the_own_table() -> None:
    tables = (keyed("films", "type_id", "old_type_id"), keyed("film_types"))
    assert "role_completes_own_table" not in terms("films.type_id", "film_types", *tables)
    assert terms("films.old_type_id", "film_types", *tables)["role_completes_own_table"] == 1


def test_of_keys_of_one_name_the_nearest_is_told() -> None:
    tables = (keyed("log_files", key="file_id"), keyed("files", key="file_id"), keyed("log_file_lines", "file_id"))
    assert terms("log_file_lines.file_id", "log_files", *tables)["nested_in_parent"] == 1
    assert "nested_in_parent" not in terms("log_file_lines.file_id", "files", *tables)


def test_what_is_named_after_its_own_table_tells_of_its_own_row() -> None:
    tables = (keyed("order_status", "order_status_id"), keyed("web_order_statuses"), keyed("statuses"))
    assert terms("order_status.order_status_id", "statuses", *tables)["child_names_own_table"] == 1
    same = (table("a.parts", column("id"), column("part_id"), primary_key="id"), keyed("parts"))
    assert "child_names_own_table" not in terms("a.parts.part_id", "parts", *same)


def test_a_key_named_after_its_own_table_may_be_that_of_a_table_of_the_same_name() -> None:
    same = (keyed("depot.users", key="user_id"), keyed("shop.users", key="user_id"))
    guests = keyed("shop.guests", key="user_id")
    assert "child_names_own_table" not in terms("shop.users.user_id", "depot.users", *same)
    assert "child_names_own_table" in terms("shop.users.user_id", "shop.guests", *same, guests)


def test_a_table_that_has_the_column_itself_is_not_what_it_means() -> None:
    tables = (keyed("film_infos", "film_id"), keyed("casts", "film_id"))
    assert "parent_has_that_column" in terms("casts.film_id", "film_infos", *tables)
    assert "parent_has_that_column" not in terms("casts.film_id", "film_infos", keyed("film_infos"), tables[1])


def test_a_column_called_like_a_whole_table_leaves_that_to_no_other() -> None:
    tables = (keyed("firm_kinds"), keyed("deals", "firm_id", "firm_kind_id"), keyed("calls", "firm_id"))
    assert "sibling_means_parent" in terms("deals.firm_id", "firm_kinds", *tables)
    assert "sibling_means_parent" not in terms("deals.firm_kind_id", "firm_kinds", *tables)
    assert "sibling_means_parent" not in terms("calls.firm_id", "firm_kinds", *tables)


def test_a_unique_number_tells_whose_it_is_where_primary_keys_do_not() -> None:
    def numbered(name: str, row: str, number: str, *more: str) -> Table:
        return table(name, *map(column, (row, number, *more)), primary_key=row, uniques=(number,))

    stays = numbered("stays", "row_id", "stay_no", "hx_no")
    assert "key_tells_more_than_primary" in terms("stays.hx_no", "guests", numbered("guests", "row_id", "hx_no"), stays)
    others = (keyed("days", key="day_key"), keyed("rooms", key="room_key"), numbered("guests", "guest_key", "hx_no"))
    assert "key_tells_more_than_primary" not in terms("stays.hx_no", "guests", stays, *others)


def test_a_number_that_no_other_table_could_own_is_not_borrowed() -> None:
    def with_no(name: str) -> Table:
        return table(name, column("id"), column("hx_no"), primary_key="id", uniques=("hx_no",))

    assert "borrowed_unique" not in terms("bills.hx_no", "stays", with_no("stays"), keyed("bills", "hx_no"))
    assert "borrowed_unique" in terms(
        "bills.hx_no", "stays", with_no("stays"), with_no("moves"), keyed("bills", "hx_no")
    )


def test_of_two_keys_that_would_refer_to_each_other_neither_is_taken() -> None:
    pair = (keyed("day_demographics", key="dx_demo_id"), keyed("night_demographics", key="dx_demo_id"))
    assert terms("day_demographics.dx_demo_id", "night_demographics", *pair)["leads_back"] > 0
    assert "leads_back" not in terms("bills.dx_demo_id", "night_demographics", *pair, keyed("bills", "dx_demo_id"))


def test_a_person_is_no_row_of_a_table_without_people() -> None:
    tables = (keyed("departments", "manager_id"), keyed("employees", "manager_id"))
    assert "person_of_other_table" in terms("departments.manager_id", "departments", *tables)
    assert "person_of_other_table" not in terms("employees.manager_id", "employees", *tables)


def test_who_did_it_needs_no_suffix() -> None:
    tables = (keyed("users"), keyed("notes", "room_id", "bed_id", "creator", "modified"), keyed("rooms"), keyed("beds"))
    assert "lacks_usual_suffix" not in terms("notes.creator", "users", *tables)
    assert "lacks_usual_suffix" in terms("notes.modified", "users", *tables)
