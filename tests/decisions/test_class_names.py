from __future__ import annotations

from dataclasses import replace

import pytest

from onboard.catalog.structure import TableName, TypeKind, UserType
from onboard.decisions.decide import decide
from onboard.decisions.names_lock import NamesLock
from onboard.decisions.person import Person
from onboard.decisions.statements import Glossary
from onboard.inference.proposals import Proposals
from tests.catalogs import catalog, column, table


def models(*names: str, person: Person | None = None, app: str = "legacy") -> dict[str, str]:
    given = catalog(*(table(name, column("id")) for name in names))
    decisions = decide(given, Proposals(), person or Person(), NamesLock(), app=app)
    return {one.table.name if one.table.schema == "public" else str(one.table): one.model for one in decisions.tables}


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("customer", "Customer"),
        ("status", "Status"),
        ("address", "Address"),
        ("CustomerOrder", "CustomerOrder"),
        ("gl_account", "GlAccount"),
    ],
)
def test_leaves_the_words_alone(name: str, model: str) -> None:
    assert models(name) == {name: model}


def test_leaves_a_prefix_that_is_an_entity_alone() -> None:
    names = ["order", "order_line", "order_note", "order_tax", "order_log"]
    assert models(*names)["order_line"] == "OrderLine"


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("people", "Person"),
        ("order_statuses", "OrderStatus"),
        ("tblInsuree", "Insuree"),
        ("TBL_CUST", "Cust"),
        ("legacy_customers", "Customer"),
        ("businessentity", "BusinessEntity"),
        ("add_ons", "AddOn"),
        ("billofmaterials", "BillOfMaterials"),
        ("2024_sales", "Sale2024"),
        ("none", "NoneRecord"),
        ("клиенты", "Klienty"),
        ("%", "Table"),
        ("meta", "MetaRecord"),
        ("models", "ModelRecord"),
    ],
)
def test_makes_a_class_name(name: str, model: str) -> None:
    assert models(name) == {name: model}


def test_a_code_that_the_whole_schema_shares_goes() -> None:
    assert models("qrtz_locks", "qrtz_job_details", "qrtz_calendars") == {
        "qrtz_locks": "Lock",
        "qrtz_job_details": "JobDetail",
        "qrtz_calendars": "Calendar",
    }


def test_names_are_unique_whatever_the_letter_case() -> None:
    assert models("book_author", "bookauthor", "CamelCase", "camelcase") == {
        "CamelCase": "CamelCase",
        "camelcase": "CamelCaseRecord",
        "book_author": "BookAuthor",
        "bookauthor": "BookAuthorRecord",
    }
    assert models("Dog", "DOG", "dog") == {"DOG": "Dog", "Dog": "Dog2", "dog": "Dog3"}


def test_a_table_that_is_called_so_keeps_the_name_before_one_that_was_stripped() -> None:
    assert models("customer", "tbl_customer") == {"customer": "Customer", "tbl_customer": "TblCustomer"}


def test_tables_of_the_same_name_in_two_schemas_say_their_schema() -> None:
    assert models("hr.dept", "fin.dept", "hr.shift") == {
        "hr.dept": "HrDept",
        "fin.dept": "FinDept",
        "hr.shift": "Shift",
    }


def test_the_persons_prefixes_are_stripped() -> None:
    person = Person(glossary=Glossary(prefixes=("zz_",)))
    assert models("zz_thing", person=person) == {"zz_thing": "Thing"}


def test_an_enum_is_named_after_its_type_and_yields_to_a_model() -> None:
    enums = tuple(
        UserType(TableName("public", name), TypeKind.ENUM, labels=("a",))
        for name in ("mpaa_rating", "status", "size_enum")
    )
    given = replace(catalog(table("status", column("id"))), types=enums)
    decisions = decide(given, Proposals(), Person(), NamesLock(), app="legacy")
    found = {name.name: own for name, own in decisions.enum_classes}
    assert found == {"mpaa_rating": "MpaaRating", "status": "StatusChoice", "size_enum": "Size"}
