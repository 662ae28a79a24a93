"""Keys of several columns by names: which are looked at, and what their signals see."""

from __future__ import annotations

from pathlib import Path

import pytest

from onboard.catalog.canonical import from_json
from onboard.catalog.structure import Table
from onboard.inference.answers import Answers
from onboard.inference.composite import CompositeEdge, composite_choices
from onboard.inference.edge_terms import BIAS
from onboard.inference.inferred import infer_from_names
from onboard.inference.pair_score import all_pair_signals, measure_pairs, ranked_pairs
from onboard.inference.schema import read_schema
from tests.catalogs import catalog, column, table
from tests.legacy_dbs import FOLDER


def found(*tables: Table) -> list[CompositeEdge]:
    choices = composite_choices(read_schema(catalog(*tables)))
    measure_pairs(choices)
    return [edge for choice in choices for edge in choice.edges]


CATALOGS = sorted(FOLDER.glob("*/expected/.onboard/catalog.json"))


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: file.parts[-4])
def test_what_keys_have_in_common_is_what_each_edge_would_have_said(file: Path) -> None:
    choices = composite_choices(read_schema(from_json(file.read_text(encoding="utf-8"))))
    measure_pairs(choices)
    for edge in (edge for choice in choices for edge in choice.edges):
        asked = [(one.name, one.measure(edge)) for one in all_pair_signals() if not one.needs_rows]
        assert edge.terms == {BIAS: 1.0} | {name: float(value) for name, value in asked if value}


def test_columns_of_the_same_names_answer_to_each_key_of_these_names_but_their_own() -> None:
    names = ("bills", "notes", "offers")
    tables = [table(name, column("book"), column("page"), primary_key="book,page") for name in names]
    edges = found(*tables)
    assert sorted((edge.table.name.name, edge.parent.table.name.name) for edge in edges) == [
        (one, other) for one in names for other in names if one != other
    ]
    assert len({edge.kind for edge in edges}) == 1


def test_a_unique_pair_beside_a_key_of_one_column_is_left_alone() -> None:
    columns = (column("id"), column("tenant_id"), column("code"))
    units = table("units", *columns, primary_key="id", uniques=("tenant_id,code",))
    assert not found(units, table("bills", column("tenant_id"), column("code")))


def test_a_unique_pair_that_holds_a_key_is_there_to_be_referred_to() -> None:
    units = table("units", column("id"), column("tenant_id"), primary_key="id", uniques=("id,tenant_id",))
    (edge,) = found(units, table("bills", column("unit_id"), column("tenant_id")))
    assert edge.names == ("unit_id", "tenant_id")
    assert edge.terms["key_is_redundant"] == 1.0
    assert edge.terms["beside_single_key"] == 1.0


def test_initials_stand_for_a_table_of_several_words() -> None:
    units = table("business_units", column("id"), column("class_id"), primary_key="id", uniques=("id,class_id",))
    (edge,) = found(units, table("bills", column("bu_id"), column("class_id")))
    assert edge.names == ("bu_id", "class_id")


def test_columns_that_together_spell_the_parent() -> None:
    offers = table("part_suppliers", column("part_id"), column("supplier_id"), primary_key="part_id,supplier_id")
    (edge,) = found(offers, table("lines", column("part_id"), column("supplier_id")))
    assert edge.terms["key_spells_parent"] == 1.0
    other = table("offers", column("part_id"), column("supplier_id"), primary_key="part_id,supplier_id")
    (edge,) = found(other, table("lines", column("part_id"), column("supplier_id")))
    assert "key_spells_parent" not in edge.terms


def test_a_reference_would_be_left_half_empty() -> None:
    jobs = table("jobs", column("plan"), column("job_name"), primary_key="plan,job_name")
    (edge,) = found(jobs, table("fires", column("plan"), column("job_name", null=True)))
    assert edge.terms["half_nullable"] == 1.0
    (edge,) = found(jobs, table("fires", column("plan", null=True), column("job_name", null=True)))
    assert "half_nullable" not in edge.terms


def test_what_is_over_keeps_few_references() -> None:
    jobs = table("jobs", column("plan"), column("job_name"), primary_key="plan,job_name")
    (edge,) = found(jobs, table("finished_runs", column("plan"), column("job_name")))
    assert edge.terms["child_is_lifeless"] == 1.0


def test_a_column_called_like_the_table_stands_for_its_bare_key() -> None:
    visits = table("visits", column("camera"), column("id"), primary_key="camera,id")
    (edge,) = found(visits, table("exposures", column("id"), column("camera"), column("visit")))
    assert edge.names == ("camera", "visit")
    assert edge.terms["child_names_parent"] == 1.0
    assert not edge.renamed


def test_a_role_before_one_of_the_names() -> None:
    stops = table("stops", column("feed"), column("stop_no"), primary_key="feed,stop_no")
    moves = table("moves", column("feed"), column("from_stop_no"), column("to_stop_no"))
    edges = found(stops, moves)
    assert {edge.names for edge in edges} == {("feed", "from_stop_no"), ("feed", "to_stop_no")}
    assert all(edge.terms["columns_have_role"] == 1.0 for edge in edges)


def test_a_role_before_all_of_the_names() -> None:
    files = table("files", column("scope"), column("label"), primary_key="scope,label")
    contents = table("contents", column("scope"), column("label"), column("child_scope"), column("child_label"))
    assert {edge.names for edge in found(files, contents)} == {("scope", "label"), ("child_scope", "child_label")}


def test_the_first_of_the_tables_that_share_a_key_is_its_root() -> None:
    files = table("files", column("scope"), column("label"), primary_key="scope,label")
    tags = table("file_tags", column("scope"), column("label"), primary_key="scope,label")
    roots = {edge.parent.table.name.name: "parent_is_root" in edge.terms for edge in found(files, tags)}
    assert roots == {"files": True, "file_tags": False}


def test_tables_with_other_numbers_do_not_refer_to_each_other() -> None:
    fours = table("dhcp4_uses", column("pool"), column("host"), primary_key="pool,host")
    more = (table("dhcp4_logs", column("id")), table("dhcp6_logs", column("id")))
    assert not found(fours, table("dhcp6_uses", column("pool"), column("host")), *more)


def test_a_running_number_sets_no_tables_apart() -> None:
    orders = table("tab1_orders", column("firm"), column("order_no"), primary_key="firm,order_no")
    assert found(orders, table("tab2_lines", column("firm"), column("order_no"), column("line_no")))


def test_what_names_and_roles_both_lead_to_is_found_once() -> None:
    lines = table("lines", column("firm_no"), column("line_no"), primary_key="firm_no,line_no")
    assert len(found(lines, table("notes", column("id"), column("firm_no"), column("line_line_no")))) == 1


def test_an_id_of_its_own_row_is_no_part_of_a_reference() -> None:
    scopes = table("scopes", column("tenant_id"), column("id"), primary_key="tenant_id,id")
    users = table("users", column("tenant_id"), column("id"), column("scope_id"), primary_key="tenant_id,id")
    assert [edge.names for edge in found(scopes, users)] == [("tenant_id", "scope_id")]
    extra = table("scope_extras", column("tenant_id"), column("id"), primary_key="tenant_id,id")
    assert ("tenant_id", "id") in [edge.names for edge in found(scopes, extra)]


def test_tables_of_one_module_belong_together() -> None:
    names = (column("plan"), column("step", "varchar(9)"))
    tables = [table(f"{kind}_plan_steps", *names, primary_key="plan,step") for kind in ("build", "paint")]
    edges = found(*tables, table("build_plan_runs", column("id"), *names, primary_key="id"))
    runs = [edge for edge in edges if edge.table.words[-1] == "run"]
    near, far = sorted(runs, key=lambda edge: edge.parent.table.name)
    assert near.terms["same_module"] > far.terms.get("same_module", 0)


def test_a_table_of_signs_alone_is_no_root_of_others() -> None:
    names = (column("plan"), column("step"))
    tables = [table(name, *names, primary_key="plan,step") for name in ("?", "steps", "moves")]
    roots = {edge.parent.table.name.name for edge in found(*tables) if edge.terms.get("parent_is_root") == 1}
    assert "?" not in roots


def test_a_key_does_not_refer_to_itself_where_the_prefix_of_its_columns_looks_like_a_role() -> None:
    columns = (column("ord_firm"), column("ord_year"), column("ord_text", "text"))
    assert not found(table("orders", *columns, primary_key="ord_firm,ord_year"))


def test_columns_of_signs_alone_are_not_called_alike() -> None:
    orders = table("orders", column("firm_no"), column("?"), primary_key="firm_no,?")
    assert not found(orders, table("order_bills", column("firm_no"), column("!")))
    assert not found(orders, table("order_bills", column("from_firm_no"), column("!")))


def test_another_row_of_the_same_tenant() -> None:
    columns = (column("tenant_id"), column("id"), column("parent_id", null=True), column("rank"))
    folders = table("folders", *columns, primary_key="tenant_id,id")
    (edge,) = found(folders)
    assert (edge.names, edge.parent.names) == (("tenant_id", "parent_id"), ("tenant_id", "id"))
    assert edge.terms["refers_to_own_table"] == 1
    inferred = infer_from_names(catalog(folders, table("tenants", column("id"), primary_key="id")), Answers())
    (choice,) = inferred.composites
    assert ranked_pairs(choice)[0][1] > 0.5


def test_a_key_of_which_two_columns_may_mean_the_row_is_left_alone() -> None:
    pairs = table("ties", column("id"), column("tie"), column("parent_id"), primary_key="id,tie")
    assert not found(pairs)


def test_a_row_of_a_table_that_all_tenants_share() -> None:
    def of_tenant(name: str, *more: str) -> Table:
        return table(name, column("tenant_id"), column("id"), *map(column, more), primary_key="tenant_id,id")

    tables = (of_tenant("folders"), of_tenant("users"), of_tenant("files", "folder_id"))
    inferred = infer_from_names(catalog(table("tenants", column("id"), primary_key="id"), *tables), Answers())
    (choice,) = inferred.composites
    (best, share), *_ = ranked_pairs(choice)
    assert (best.names, best.parent.table.name.name) == (("tenant_id", "folder_id"), "folders")
    assert best.terms["names_row_of_parent"] == 1
    assert share > 0.5
    (edge,) = found(
        table("rooms", column("id"), column("tenant_id"), primary_key="id", uniques=("id,tenant_id",)),
        table("beds", column("room_id"), column("tenant_id")),
    )
    assert "names_row_of_parent" not in edge.terms  # a bed may as well refer to the one column


def test_what_ends_like_a_key_of_its_own_table_means_no_other_row() -> None:
    columns = (column("line_pub_id"), column("line_id"), column("pub_id"))
    edges = found(table("line_pubs", *columns, primary_key="line_pub_id", uniques=("line_id,pub_id",)))
    assert not [edge.names for edge in edges if "refers_to_own_table" in edge.terms]


def of_authority(name: str, *more: str) -> Table:
    return table(name, column("authority"), column("code"), *map(column, more), primary_key="authority,code")


def test_the_parent_may_stand_before_the_name_of_each_column() -> None:
    globes = of_authority("globes", "planet_authority", "planet_code")
    edges = found(of_authority("planets"), of_authority("oceans"), globes)
    to = {edge.parent.table.name.name: edge for edge in edges if edge.names == ("planet_authority", "planet_code")}
    assert to["planets"].terms["role_throughout"] == 1
    assert "role_throughout" not in to["oceans"].terms
    assert not [edge for edge in edges if edge.names == ("authority", "planet_code")]  # half a role


def test_numbers_in_names_keep_the_columns_of_several_references_apart() -> None:
    columns = ("unit1_authority", "unit1_code", "unit2_authority", "unit2_code")
    edges = found(of_authority("units"), of_authority("scales", *columns))
    assert sorted(edge.names for edge in edges if edge.parent.table.name.name == "units") == [columns[:2], columns[2:]]


def test_the_prefix_of_a_table_is_no_role() -> None:
    names = ("w_id", "w_house_id", "w_name", "w_floor")
    wards = table("wards", *map(column, names), primary_key="w_house_id,w_id")
    beds = table("beds", *map(column, ("b_id", "b_house_id", "b_w_id", "b_width")), primary_key="b_id")
    assert [edge.names for edge in found(wards, beds)] == [("b_house_id", "b_w_id")]


def test_a_role_may_stand_before_the_name_of_a_table_that_all_tenants_share() -> None:
    addresses = table("addresses", column("tenant_id"), column("id"), primary_key="tenant_id,id")
    bills = table("bills", column("tenant_id"), column("no"), column("home_address_id"), primary_key="tenant_id,no")
    (edge,) = [edge for edge in found(addresses, bills) if edge.parent.table.name.name == "addresses"]
    assert edge.names == ("tenant_id", "home_address_id")
    assert edge.terms["child_names_parent"] == 1


def test_a_row_may_be_called_by_its_table_where_the_key_has_its_name() -> None:
    provinces = table("provinces", column("country"), column("name"), primary_key="country,name")
    (edge,) = found(provinces, table("lakes", column("country"), column("province")))
    assert edge.terms["names_row_of_parent"] == 1
    (edge,) = found(provinces, table("lakes", column("country"), column("name")))
    assert "names_row_of_parent" not in edge.terms


def test_a_tenant_is_there_although_the_rest_of_a_reference_may_be_missing() -> None:
    def of_tenant(name: str) -> Table:
        return table(name, column("tenant_id"), column(f"{name}_no"), primary_key=f"tenant_id,{name}_no")

    def half(*more: Table) -> set[bool]:
        bills = table("bills", column("tenant_id"), column("ward_no", null=True))
        edges = found(of_tenant("ward"), bills, *more)
        return {"half_nullable" in edge.terms for edge in edges if edge.table.name.name == "bills"}

    assert half() == {True}
    assert half(of_tenant("desk"), of_tenant("door")) == {False}
