from __future__ import annotations

import tomllib
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from onboard.catalog.snapshot import Selection
from onboard.catalog.structure import Catalog, Column, Key, Table, TableKind, TableName
from onboard.decisions.keys import used_keys
from onboard.decisions.read_toml import read_person
from onboard.decisions.resolve import resolved
from onboard.decisions.update_toml import updated_toml
from onboard.inference.proposals import (
    Evidence,
    ForeignKeyProposal,
    Measured,
    PrimaryKeyProposal,
    Proposals,
    Rival,
    RowFacts,
)
from tests.catalogs import catalog, column, column_type, name_of, table

CATALOG = catalog(
    table("tblcust", column("custno"), column("name", "text")),
    table("vendor", column("id"), primary_key="id"),
    table("orders", column("id"), column("cust_no"), column("vendor_no"), primary_key="id"),
)
CUSTOMER_KEY = PrimaryKeyProposal(
    name_of("tblcust"),
    ("custno",),
    0.97,
    Measured.EXACT,
    (Evidence("rows_unique", 3.0, "unique and never null in 12,034 rows"),),
)
TO_CUSTOMER = ForeignKeyProposal(
    name_of("orders"),
    ("cust_no",),
    name_of("tblcust"),
    ("custno",),
    0.97,
    Measured.EXACT,
    (Evidence("values_contained", 3.0, "12,034 of 12,034 found"),),
    RowFacts(orphans=0, is_exact=True),
    (Rival(name_of("vendor"), ("id",), 0.41),),
)
TO_VENDOR = ForeignKeyProposal(name_of("orders"), ("vendor_no",), name_of("vendor"), ("id",), 0.3)
PROPOSALS = Proposals((CUSTOMER_KEY,), (TO_CUSTOMER, TO_VENDOR))


def update(text: str | None, proposals: Proposals = PROPOSALS, of: Catalog = CATALOG) -> str:
    return updated_toml(text, of, proposals, selection=Selection())


def line_with(text: str, part: str) -> str:
    return next(line for line in text.split("\n") if part in line)


def test_leaves_a_file_that_is_up_to_date_alone() -> None:
    assert update(update(None)) == update(None)


def test_leaves_the_lines_order_and_comments_of_a_person_alone() -> None:
    mine = (
        "# mine\n\n[names]   # names\n'public.tblcust' = \"Customer\"\n\n[[foreign_key]]\n"
        'to   = "vendor(id)"  # that one\nfrom = "orders(vendor_no)"\nuse=false\n# the end'
    )
    after = update(mine)
    kept = iter(after.split("\n"))
    assert all(line in kept for line in mine.split("\n"))


def test_leaves_a_flipped_entry_alone_for_good() -> None:
    flipped = update(None).replace("use = false", "use = true ")
    assert update(flipped) == flipped
    stronger = replace(PROPOSALS, foreign_keys=(TO_CUSTOMER, replace(TO_VENDOR, confidence=0.35)))
    assert update(flipped, stronger) == flipped


def test_leaves_an_entry_with_a_changed_comment_alone() -> None:
    mine = update(None).replace("use = false  # waiting, 0.30", "use = false  # never, says Bob; 0.30")
    sure = replace(PROPOSALS, foreign_keys=(TO_CUSTOMER, replace(TO_VENDOR, confidence=0.99)))
    assert line_with(update(mine, sure), "says Bob").startswith("use = false")


def test_leaves_a_flipped_entry_alone_when_its_proposal_is_gone() -> None:
    flipped = update(None).replace("use = false", "use = true ")
    assert update(flipped, replace(PROPOSALS, foreign_keys=(TO_CUSTOMER,))) == flipped


def test_leaves_windows_line_ends_alone() -> None:
    text = update(None).replace("\n", "\r\n")
    assert update(text) == text


def test_leaves_a_threshold_of_the_person_alone() -> None:
    text = update(None).replace("[scan]\n", "[scan]\nthreshold = 0.2\n")
    after = update(text)
    assert "threshold = 0.2\n" in after
    assert line_with(after, "0.30").startswith("use = true   # accepted")


def test_a_file_without_a_scan_section_gets_one() -> None:
    after = update('[names]\ntblcust = "Customer"\n')
    assert tomllib.loads(after)["scan"] == {"schemas": ["public"]}
    assert update(after) == after


def test_says_confidence_evidence_orphans_rivals_and_depth() -> None:
    line = line_with(update(None), "12,034 of 12,034")
    assert line.startswith("use = true   # accepted, 0.97: 12,034 of 12,034 found; no orphans (exact); ")
    assert "; rival public.vendor(id) 0.41 [scan:" in line


def test_an_entry_nobody_touched_follows_the_evidence() -> None:
    sure = replace(PROPOSALS, foreign_keys=(TO_CUSTOMER, replace(TO_VENDOR, confidence=0.99)))
    after = update(update(None), sure)
    assert line_with(after, "0.99").startswith("use = true   # accepted")
    assert "0.30" not in after


def test_an_entry_nobody_touched_goes_with_its_proposal() -> None:
    after = update(update(None), replace(PROPOSALS, foreign_keys=(TO_CUSTOMER,)))
    assert "vendor_no" not in after
    assert tomllib.loads(after)["foreign_key"][0]["from"] == "public.orders(cust_no)"


def test_a_new_entry_joins_the_last_of_its_kind_and_state() -> None:
    less = replace(PROPOSALS, foreign_keys=(TO_VENDOR,))
    after = update(update(None, less) + "\n[names]\n")
    assert [key["use"] for key in tomllib.loads(after)["foreign_key"]] == [False, True]
    assert after.rstrip().endswith("[names]")


def test_the_person_decides_on_the_next_run() -> None:
    person = resolved(read_person(update(None).replace("use = false", "use = true ")), CATALOG)
    used = used_keys(CATALOG, PROPOSALS, person).relations[name_of("orders")]
    assert [one.columns for one in used] == [("cust_no",), ("vendor_no",)]


def test_an_evidence_sentence_cannot_leave_its_line() -> None:
    hostile = replace(TO_VENDOR, evidence=(Evidence("x", 1.0, "a\nuse = true\n[scan]\u2028\u202eb"),))
    after = update(None, replace(PROPOSALS, foreign_keys=(TO_CUSTOMER, hostile)))
    assert tomllib.loads(after)["foreign_key"][1]["use"] is False
    assert "\u202e" not in after


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES, NAMES, st.floats(0, 1)), min_size=1, max_size=5, unique_by=lambda one: one[:2]))
def test_any_names_survive_the_file(rows: list[tuple[str, str, str, float]]) -> None:
    tables = {
        TableName(schema, name): Table(
            TableName(schema, name),
            TableKind.TABLE,
            tuple(Column(one, column_type("int4"), False) for one in dict.fromkeys((own, own + "2"))),
            primary_key=Key("pk", (own,)),
        )
        for schema, name, own, _ in rows
    }
    of = Catalog("postgresql", "15.0", ("public",), tuple(tables[name] for name in sorted(tables)))
    parent = of.tables[0]
    keys = tuple(
        ForeignKeyProposal(TableName(schema, name), (own + "2",), parent.name, (parent.columns[0].name,), sure)
        for schema, name, own, sure in rows
    )
    proposals = Proposals((), keys)
    text = update(None, proposals, of)
    assert update(text, proposals, of) == text
    mine = (
        text.replace("use = true ", "use = false")
        .replace("  # waiting", "  # mine")
        .replace("  # accepted", "  # mine")
    )
    answers = resolved(read_person(mine), of).answers.foreign_keys
    found = {(one.table, one.columns, one.references, one.referenced_columns) for one in answers}
    assert found == {(one.table, one.columns, one.references, one.referenced_columns) for one in keys}
