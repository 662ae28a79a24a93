from __future__ import annotations

import json
from dataclasses import replace

from onboard.catalog.structure import LeftOut, TableName
from onboard.decisions.person import Person
from onboard.decisions.scan_document import scan_document
from onboard.inference.answers import Answers, ForeignKeyAnswer
from onboard.inference.proposals import Evidence, ForeignKeyProposal, PrimaryKeyProposal, Proposals, RowFacts
from tests.catalogs import catalog, column, foreign_key, name_of, table

CATALOG = replace(
    catalog(
        table("customers", column("id"), primary_key="id"),
        table("log", column("a")),
        table(
            "orders",
            column("id"),
            column("customer_id"),
            column("old_id"),
            primary_key="id",
            foreign_keys=(foreign_key("customer_id", "customers(id)"),),
        ),
    ),
    left_out=(LeftOut(TableName("public", "secret"), "no right to read it"),),
)
KEY = ForeignKeyProposal(
    name_of("orders"),
    ("old_id",),
    name_of("customers"),
    ("id",),
    0.97,
    evidence=(Evidence("x", 1.0, "2 of 2 found"),),
    facts=RowFacts(orphans=0),
)


def document(proposals: Proposals, person: Person | None = None) -> dict[str, object]:
    text = scan_document(CATALOG, proposals, person or Person())
    assert text.endswith("}\n")
    found: dict[str, object] = json.loads(text)
    return found


def test_is_the_contract() -> None:
    found = document(Proposals((), (KEY,), left_out=((name_of("log"), "timed out"),)))
    assert list(found) == ["format", "engine", "tables", "left_out", "unknown_to_django"]
    assert (found["format"], found["engine"]) == ("onboard-scan/1", {"name": "postgresql", "version": "15.0"})
    assert found["left_out"] == [
        {"schema": "public", "name": "log", "reason": "timed out"},
        {"schema": "public", "name": "secret", "reason": "no right to read it"},
    ]
    tables = found["tables"]
    assert isinstance(tables, list)
    assert tables[1] == {"schema": "public", "name": "log", "kind": "table", "primary_key": None, "foreign_keys": []}
    parent = {"schema": "public", "table": "customers", "columns": ["id"]}
    assert tables[2]["foreign_keys"] == [
        {
            "columns": ["customer_id"],
            "references": parent,
            "origin": "declared",
            "confidence": 1.0,
            "accepted": True,
            "orphans": None,
            "evidence": ["declared as `fk_customer_id`"],
        },
        {
            "columns": ["old_id"],
            "references": parent,
            "origin": "inferred",
            "confidence": 0.97,
            "accepted": True,
            "orphans": 0,
            "evidence": ["2 of 2 found"],
        },
    ]


def test_says_what_waits() -> None:
    key = PrimaryKeyProposal(name_of("log"), ("a",), 0.3)
    tables = document(Proposals((key,), (replace(KEY, confidence=0.3),)))["tables"]
    assert isinstance(tables, list)
    assert tables[1]["primary_key"]["accepted"] is False
    assert tables[2]["foreign_keys"][1]["accepted"] is False


def test_a_key_that_only_the_person_knows_is_there() -> None:
    answer = ForeignKeyAnswer(name_of("orders"), ("old_id",), name_of("customers"), ("id",), True)
    tables = document(Proposals(), Person(answers=Answers((), (answer,))))["tables"]
    assert isinstance(tables, list)
    assert tables[2]["foreign_keys"][1]["evidence"] == ["said in onboard.toml"]
