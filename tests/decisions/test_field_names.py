from __future__ import annotations

import pytest

from onboard.catalog.structure import Table
from onboard.decisions.decide import decide
from onboard.decisions.decisions import Decisions
from onboard.decisions.names_lock import NamesLock
from onboard.decisions.person import Person
from onboard.decisions.statements import Glossary, RenameRule
from onboard.inference.proposals import Proposals
from tests.catalogs import catalog, column, foreign_key, name_of, table

PARENTS = (
    table("accounts", column("id"), primary_key="id"),
    table("customers", column("custkey"), primary_key="custkey"),
    table("addresses", column("id"), primary_key="id"),
    table("countries", column("code", "text"), primary_key="code"),
    table("users", column("id"), primary_key="id"),
)


def decided(*tables: Table, person: Person | None = None) -> Decisions:
    return decide(catalog(*PARENTS, *tables), Proposals(), person or Person(), NamesLock(), app="legacy")


def fields(one: Table, person: Person | None = None) -> dict[str, str]:
    return dict(decided(one, person=person).table(one.name).fields)


def plain(*names: str, of: str = "orders") -> Table:
    return table(of, *(column(name) for name in names))


def field(name: str, of: str = "orders", person: Person | None = None) -> str:
    return fields(plain(name, of=of), person)[name]


def relation(own: str, references: str, of: str = "orders") -> str:
    return fields(table(of, column(own), foreign_keys=(foreign_key(own, references),)))[own]


@pytest.mark.parametrize("name", ["id", "name", "created_on", "type", "account_id", "address2", "uuid", "settings"])
def test_leaves_a_good_name_alone(name: str) -> None:
    assert field(name) == name


def test_leaves_a_number_alone_in_a_column_that_repeats_the_table() -> None:
    assert field("order_2") == "order_2"
    assert field("order_no") == "order_no"


def test_leaves_a_word_shared_by_columns_alone() -> None:
    own = plain("first_name", "first_day", "first_line", of="people")
    assert fields(own) == {name: name for name in ("first_name", "first_day", "first_line")}


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("CustomerID", "customer_id"),
        ("PROC_INST_ID_", "proc_inst_id"),
        ("fullname", "full_name"),
        ("größe", "grosse"),
        ("名前", "ming_qian"),
        ("1st_name", "first_name"),
        ("2024_total", "total_2024"),
        ("4extra", "extra_4"),
        ("123", "column_123"),
        ("%%", "column"),
        ("a__b", "a_b"),
        ("order_date", "date"),
        ("OrderID", "id"),
    ],
)
def test_makes_a_good_name(name: str, given: str) -> None:
    assert field(name) == given


@pytest.mark.parametrize(
    "name", ["class", "objects", "save", "pk", "from", "check", "clean", "models", "match", "property"]
)
def test_a_reserved_name_has_the_models_before_it(name: str) -> None:
    assert field(name) == f"order_{name}"


def test_names_that_differ_in_case_only_are_told_apart() -> None:
    assert fields(plain("Name", "name", "NAME")) == {"name": "name", "NAME": "name_2", "Name": "name_3"}


def test_a_code_before_nearly_all_columns_goes() -> None:
    assert fields(plain("ps_a1", "ps_weight", "ps_height", "ps_id")) == {
        "ps_a1": "a1",
        "ps_weight": "weight",
        "ps_height": "height",
        "ps_id": "id",
    }


@pytest.mark.parametrize(
    ("own", "references", "given"),
    [
        ("account_id", "accounts(id)", "account"),
        ("billing_address_id", "addresses(id)", "billing_address"),
        ("created_by", "users(id)", "created_by"),
        ("custkey", "customers(custkey)", "customer"),
        ("parent_id", "orders(id)", "parent"),
        ("countrycode", "countries(code)", "country"),
        ("fk_account", "accounts(id)", "account"),
        ("AccountUUID", "accounts(id)", "account"),
        ("id", "accounts(id)", "account"),
        ("from_id", "accounts(id)", "from_account"),
    ],
)
def test_a_relation_is_called_what_its_column_says(own: str, references: str, given: str) -> None:
    if references.startswith("orders"):
        one = table("orders", column("id"), column(own), primary_key="id", foreign_keys=(foreign_key(own, references),))
        assert fields(one)[own] == given
    else:
        assert relation(own, references) == given


def test_a_shared_key_is_called_after_its_parent() -> None:
    person = table("people", column("businessentityid"), primary_key="businessentityid")
    entity = table("businessentity", column("businessentityid"), primary_key="businessentityid")
    employee = table(
        "employees",
        column("businessentityid"),
        primary_key="businessentityid",
        foreign_keys=(foreign_key("businessentityid", "people(businessentityid)"),),
    )
    (relation_,) = decided(person, entity, employee).table(name_of("employees")).relations
    assert (relation_.field, relation_.is_one_to_one) == ("person", True)


@pytest.mark.parametrize(
    ("own", "parent", "given"),
    [
        ("aircraft_code", "aircraftsdata", "aircraft"),
        ("adresse_id", "adressen", "adresse"),
        ("dept_id", "departments", "department"),
    ],
)
def test_a_column_that_is_short_for_its_parent_is_told_from_a_word_of_its_own(
    own: str, parent: str, given: str
) -> None:
    other = table(parent, column(own), primary_key=own)
    one = table("orders", column(own), foreign_keys=(foreign_key(own, f"{parent}({own})"),))
    assert dict(decided(other, one).table(one.name).fields)[own] == given


def test_of_two_relations_to_one_parent_the_one_called_so_has_its_name() -> None:
    course = table("course", column("course_id"), primary_key="course_id")
    keys = (foreign_key("course_id", "course(course_id)"), foreign_key("prerequisite_id", "course(course_id)"))
    one = table("prerequisite", column("course_id"), column("prerequisite_id"), foreign_keys=keys)
    names = dict(decided(course, one).table(one.name).fields)
    assert names == {"course_id": "course", "prerequisite_id": "prerequisite"}


def test_a_key_called_after_the_end_of_its_table_is_the_id() -> None:
    assert fields(table("sales_territory", column("territory_id"), primary_key="territory_id"))["territory_id"] == "id"
    assert field("territory_id", of="sales_territory") == "territory_id"


def test_a_relation_yields_to_a_column_of_that_very_name() -> None:
    key = (foreign_key("account_id", "accounts(id)"),)
    one = table("orders", column("account", "text"), column("account_id"), foreign_keys=key)
    assert fields(one) == {"account": "account", "account_id": "order_account"}


def test_a_relation_yields_to_a_column_that_is_called_like_its_attname() -> None:
    key = (foreign_key("account", "accounts(id)"),)
    one = table("orders", column("account"), column("account_id"), foreign_keys=key)
    assert fields(one) == {"account": "order_account", "account_id": "account_id"}


def test_a_composite_key_leaves_its_columns_plain_and_gets_an_accessor() -> None:
    parent = table("parts", column("a"), column("b"), primary_key="a,b")
    child = table("orders", column("a"), column("b"), foreign_keys=(foreign_key("a,b", "parts(a,b)"),))
    one = decided(parent, child).table(name_of("orders"))
    assert one.fields == (("a", "a"), ("b", "b"))
    assert [(relation.field, relation.related_name) for relation in one.relations] == [("part", None)]


def test_the_glossary_and_rules_are_applied_to_words() -> None:
    person = Person(
        glossary=Glossary((("qty", "quantity"), ("cust", "customer"))), rules=(RenameRule("^fld_", "", "column"),)
    )
    assert field("fld_custqty", person=person) == "customer_quantity"
