"""Where a column's name leads: first what must lead nowhere, then each way to a key."""

from __future__ import annotations

from onboard.catalog.structure import Table
from onboard.inference.candidates import Edge, Relation
from onboard.inference.key_index import KeyIndex
from onboard.inference.schema import read_schema
from tests.catalogs import catalog, column, table


def edges(child: str, *tables: Table) -> dict[str, Edge]:
    schema = read_schema(catalog(*tables))
    owner, _, name = child.rpartition(".")
    (found,) = [view for view in schema.tables if owner in (view.name.name, str(view.name))]
    leads = KeyIndex(schema).edges(found.by_name[name])
    return {f"{edge.parent.table.name}.{edge.parent.only.name}".removeprefix("public."): edge for edge in leads}


def keyed(name: str, *columns: str, key: str = "id") -> Table:
    return table(name, column(key), *(column(one) for one in columns if one != key), primary_key=key)


def test_what_is_named_after_its_own_table_does_not_refer_to_itself() -> None:
    assert not edges("episodes.episode_number", keyed("episodes", "episode_number"))


def test_a_role_of_another_thing_does_not_refer_to_its_own_table() -> None:
    assert "jobs.id" not in edges("jobs.root_process_id", keyed("jobs", "root_process_id"))


def test_a_parent_refers_to_its_own_table_with_or_without_its_name() -> None:
    tasks = keyed("tasks", "parent_id", "cause_task_id")
    assert edges("tasks.parent_id", tasks)["tasks.id"].relation is Relation.ITSELF
    assert edges("tasks.cause_task_id", tasks)["tasks.id"].relation is Relation.ITSELF


def test_a_name_of_key_suffixes_alone_keeps_a_word() -> None:
    found = edges("cells.cd_id", keyed("cds", key="cd_id"), keyed("cells", "cd_id"))
    assert found["cds.cd_id"].relation is Relation.SAME_AS_KEY


def test_a_role_after_the_whole_name_of_a_key() -> None:
    officers = keyed("officers", key="officer_id")
    found = edges("posts.officer_id_deputy", officers, keyed("posts", "officer_id_deputy"))
    assert found["officers.officer_id"].relation is Relation.STARTS_WITH_KEY


def test_a_neighbour_with_the_same_first_words() -> None:
    found = edges(
        "audit_report_line.report_id",
        keyed("audit_report"),
        keyed("sales_report"),
        keyed("audit_report_line", "report_id"),
    )
    assert found["audit_report.id"].relation is Relation.SIBLING


def test_a_bare_reference_means_what_its_table_is_named_after() -> None:
    found = edges("order_comments.ref_id", keyed("orders"), keyed("order_comments", "ref_id"))
    assert found["orders.id"].relation is Relation.TOLD


def test_a_table_and_its_naming_key_together() -> None:
    teams = table("teams", column("name", "text"), primary_key="name")
    games = table("games", column("id"), column("home_team_name", "text"), primary_key="id")
    assert edges("games.home_team_name", teams, games)["teams.name"].relation is Relation.ENDS_WITH_TABLE


def test_a_text_named_after_a_table_means_its_unique_name() -> None:
    modules = table("modules", column("id"), column("name", "text"), primary_key="id", uniques=("name",))
    rules = table("rules", column("id"), column("module", "text"), primary_key="id")
    assert edges("rules.module", modules, rules)["modules.name"].relation is Relation.TABLE


def test_a_schema_is_a_word_of_its_tables() -> None:
    tables = (keyed("categories.roles"), keyed("pages.roles"), keyed("pages.rights", "category_role_id"))
    found = edges("pages.rights.category_role_id", *tables)
    assert found["categories.roles.id"].relation is Relation.TABLE
    assert found["pages.roles.id"].relation is Relation.ENDS_WITH_TABLE


def test_whoever_has_a_table_of_his_own_is_not_just_any_person() -> None:
    tables = (keyed("users"), keyed("members"), keyed("visits", "user_id", "seen_by"))
    assert set(edges("visits.user_id", *tables)) == {"users.id"}
    assert set(edges("visits.seen_by", *tables)) == {"users.id", "members.id"}


def test_a_prefix_costs_nothing_where_the_child_has_it_too() -> None:
    tables = (*(keyed(f"pay_{name}") for name in ("run", "slip")), *(keyed(f"t{n}x") for n in range(9)))
    tables = (*tables, keyed("pay_item", "run_id"), keyed("visit", "run_id"))
    assert edges("pay_item.run_id", *tables)["pay_run.id"].prefix_left == 0
    assert edges("visit.run_id", *tables)["pay_run.id"].prefix_left > 0


def test_a_key_of_a_type_that_the_column_cannot_hold_is_no_rival() -> None:
    accounts = table("accounts", column("account_no", "text"), column("id"), primary_key="account_no", uniques=("id",))
    found = edges("bills.account_id", accounts, keyed("bills", "account_id"))
    assert found["accounts.id"].parent.is_preferred


def test_a_module_that_is_called_like_its_table_is_no_prefix_to_leave_aside() -> None:
    found = edges("sale.company", keyed("company_company"), keyed("sale", "company"))
    assert (found["company_company.id"].relation, found["company_company.id"].prefix_left) == (Relation.TABLE, 0)


def test_the_key_of_a_table_that_extends_another_is_that_ones() -> None:
    found = edges("order_extra.id", keyed("orders"), keyed("order_extra"))
    assert found["orders.id"].relation is Relation.EXTENDS
    assert not edges("orders.id", keyed("orders"), keyed("bills"))


def test_a_table_is_called_by_the_prefix_that_its_columns_alone_have() -> None:
    accounts = keyed("konten", "kto_name", "kto_art", key="kto_id")
    assert edges("buchung.soll_kto", accounts, keyed("buchung", "soll_kto"))["konten.kto_id"].relation is (
        Relation.ENDS_WITH_TABLE
    )
    twin = keyed("summen", "kto_summe", "kto_jahr", key="kto_nr")
    assert not edges("buchung.soll_kto", accounts, twin, keyed("buchung", "soll_kto"))


def test_letters_that_all_columns_begin_with_are_a_prefix_too() -> None:
    steps = keyed("pg_jobstep", "jstjobid", "jstname", "jstcode", key="jstid")
    found = edges("pg_jobstep.jstjobid", keyed("pg_job", "jobname", "jobdesc", "jobhost", key="jobid"), steps)
    assert found["pg_job.jobid"].relation is Relation.SAME_AS_KEY


def test_the_whole_name_of_a_key_betters_one_with_the_prefix_of_its_own_table() -> None:
    found = edges(
        "cell_line_terms.pub_id",
        keyed("pubs", key="pub_id"),
        keyed("cell_line_pubs", key="cell_line_pub_id"),
        keyed("cell_lines"),
        keyed("cell_line_terms", "pub_id"),
    )
    assert not found["pubs.pub_id"].is_bettered
    assert found["cell_line_pubs.cell_line_pub_id"].is_bettered


def test_of_keys_of_one_name_the_one_the_table_is_nested_in_is_not_bettered() -> None:
    tables = (keyed("results", key="result_id"), keyed("log_results", key="result_id"))
    found = edges("log_result_values.result_id", *tables, keyed("log_result_values", "result_id"))
    assert found["log_results.result_id"].is_nested
    assert not found["log_results.result_id"].is_bettered
    assert edges("notes.result_id", *tables, keyed("notes", "result_id"))["log_results.result_id"].is_bettered


def test_the_last_word_of_a_table_may_be_abbreviated_unless_the_short_form_is_a_word() -> None:
    tables = (keyed("feed_categories"), keyed("feeds", "cat_id", "end"), keyed("user_endings"))
    assert edges("feeds.cat_id", *tables)["feed_categories.id"].relation is Relation.ABBREVIATION
    assert not edges("feeds.end", *tables)


def test_a_parent_in_a_table_without_a_key_of_its_own_is_what_the_table_tells_of() -> None:
    tree = table("area_containment", column("parent"), column("child"), primary_key="parent,child")
    assert edges("area_containment.parent", keyed("areas"), tree)["areas.id"].relation is Relation.TOLD


def test_the_first_words_of_its_own_table_tell_more_than_the_last() -> None:
    found = edges("order_data.object_id", keyed("orders"), keyed("data_set"), keyed("order_data", "object_id"))
    assert found["orders.id"].extra_words < found["data_set.id"].extra_words


def test_a_role_before_the_name_of_a_table_does_not_mean_a_key_borrowed_from_it() -> None:
    tables = (keyed("ports"), keyed("bindings", key="port_id"), keyed("floats", "fixed_port_id"))
    found = edges("floats.fixed_port_id", *tables)
    assert not found["ports.id"].is_bettered
    assert found["bindings.port_id"].is_bettered


def test_templates_refer_to_templates() -> None:
    lines = keyed("tax_rule_template", "account")
    found = edges("tax_rule_template.account", keyed("account"), keyed("account_template"), lines)
    assert found["account_template.id"].relation is Relation.LIKE_TAILED
    found = edges("orders.account", keyed("account_template"), keyed("orders", "account"))
    assert found["account_template.id"].relation is Relation.TABLE_START


def test_what_every_schema_has_is_not_told_by_the_end_of_its_own_tables_name() -> None:
    schemas = [keyed(f"{name}.account_template") for name in ("asset", "bank", "debt", "fee", "gift", "loan", "tax")]
    lines = keyed("stock_rule_template", "account_id")
    found = edges("stock_rule_template.account_id", *schemas, lines)
    assert Relation.LIKE_TAILED not in {edge.relation for edge in found.values()}
    few = edges("stock_rule_template.account_id", keyed("account"), keyed("account_template"), lines)
    assert few["account_template.id"].relation is Relation.LIKE_TAILED


def test_a_word_in_the_middle_of_one_tables_name() -> None:
    cards = keyed("entity_credit_account")
    found = edges("bills.credit_id", cards, keyed("bills", "credit_id"))
    assert found["entity_credit_account.id"].relation is Relation.TABLE_MIDDLE
    many = [keyed(f"{kind}_credit_account") for kind in ("asset", "bank", "debtor", "travel")]
    assert not edges("bills.credit_id", *many, keyed("bills", "credit_id"))


def test_initials_beside_a_word_or_before_a_role() -> None:
    classes, sets = keyed("business_unit_class"), keyed("library_folder_version")
    found = edges("links.bu_class_id", classes, keyed("links", "bu_class_id"))
    assert found["business_unit_class.id"].relation is Relation.INITIALS
    found = edges("copies.lfv_parent_id", sets, keyed("copies", "lfv_parent_id"))
    assert found["library_folder_version.id"].extra_words == 1
    assert not edges("copies.lf_parent_id", keyed("library_folder"), keyed("copies", "lf_parent_id"))


def test_a_squashed_role_of_a_table_that_is_one_itself() -> None:
    ties = keyed("relatedcitations", "relatedcitationid")
    found = edges("relatedcitations.relatedcitationid", keyed("citations"), ties)
    assert found["citations.id"].relation is Relation.ENDS_WITH_TABLE


def test_a_preposition_alone_is_no_name_of_a_key() -> None:
    links = table("links", *map(column, ("lk_from", "lk_kind", "lk_title", "lk_order")), primary_key="lk_from")
    moves = table("moves", *map(column, ("mv_from", "mv_kind", "mv_title", "mv_order")))
    assert not edges("moves.mv_from", links, moves)


def test_people_are_looked_for_in_no_detail_of_a_table_of_people() -> None:
    tables = (keyed("users"), keyed("group_users"), keyed("notes", "created_by"))
    assert set(edges("notes.created_by", *tables)) == {"users.id"}
    assert set(edges("notes.created_by", *tables[1:])) == {"group_users.id"}


def test_a_column_that_says_that_it_is_a_foreign_key_may_mean_its_own_table() -> None:
    assert set(edges("users.fk_user", keyed("users", "fk_user"))) == {"users.id"}
    assert not edges("users.user_no", keyed("users", "user_no"))
