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
