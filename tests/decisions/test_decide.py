"""What holds for the decisions on any database: valid names, no clashes, none that flips."""

from __future__ import annotations

import keyword
import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from onboard.catalog.structure import Catalog, Column, ForeignKey, Key, Table, TableKind, TableName
from onboard.decisions.decide import decide
from onboard.decisions.decisions import Decisions, TableDecision
from onboard.decisions.names_lock import NamesLock, lock_text, locked, read_lock
from onboard.decisions.person import Person
from onboard.decisions.reserved import reserved_classes, reserved_fields, reserved_modules
from onboard.inference.proposals import Proposals
from tests.catalogs import catalog, column, column_type, foreign_key, table

WORDS = (
    *("id", "ID", "Id", "account", "account_id", "ACCOUNT_ID", "accountid", "order", "order_id", "Order", "orders"),
    *(
        "class",
        "class_",
        "pk",
        "objects",
        "save",
        "from",
        "from_id",
        "type",
        "match",
        "models",
        "_id",
        "__",
        "",
        "%",
        "a b",
    ),
    *(
        "2024_sales",
        "1st_name",
        "tblcust",
        "tbl_cust",
        "T_CUST",
        "名",
        "名前",
        "клиент",
        "naïve",
        "none",
        "None",
        "meta",
        "order_set",
    ),
    *(
        "customer",
        "customers",
        "created_by",
        "parent",
        "parent_id",
        "x" * 70,
        'we"ird',
        "a.b",
        "a,b",
        "self",
        "property",
    ),
)
NAMES = st.one_of(st.sampled_from(WORDS), st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12))


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """A catalogue of a few tables with any names at all, and foreign keys between them."""
    names = draw(st.lists(st.tuples(st.sampled_from(("public", "hr")), NAMES), min_size=1, max_size=6, unique=True))
    tables = []
    for schema, name in names:
        columns = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True))
        made = tuple(Column(one, column_type("int4"), is_nullable=False) for one in columns)
        tables.append(Table(TableName(schema, name), TableKind.TABLE, made, primary_key=Key("pk", (columns[0],))))
    with_keys = []
    for one in tables:
        keys = []
        for child in draw(st.lists(st.sampled_from(one.columns), max_size=4)):
            parent = draw(st.sampled_from(tables))
            keys.append(ForeignKey("fk", (child.name,), parent.name, (parent.columns[0].name,)))
        with_keys.append(replace(one, foreign_keys=tuple(keys)))
    return Catalog("postgresql", "15.0", ("public", "hr"), tuple(sorted(with_keys, key=lambda one: one.name)))


def decided(given_catalog: Catalog, lock: NamesLock | None = None) -> Decisions:
    return decide(given_catalog, Proposals(), Person(), lock or NamesLock(), app="legacy")


def names_on(one: TableDecision) -> list[str]:
    """Every name that one model's fields take: fields, attnames, accessors."""
    single = {relation.columns[0] for relation in one.relations if len(relation.columns) == 1}
    found = [field.lower() for _, field in one.fields]
    found += [f"{field.lower()}_id" for name, field in one.fields if name in single]
    return found + [relation.field.lower() for relation in one.relations if len(relation.columns) > 1]


def reverse_names(decisions: Decisions, target: TableName) -> list[str]:
    """Every accessor and query name that relations put on one model."""
    found: list[str] = []
    for one in decisions.tables:
        for relation in one.relations:
            if relation.references == target and len(relation.columns) == 1:
                model = one.model.lower()
                default = [model] if relation.is_one_to_one else [model, f"{model}_set"]
                found += [relation.related_name] if relation.related_name else default
    return found


def grown_by(first: Catalog, second: Catalog) -> Catalog:
    """The first catalogue with the tables and columns of the second added, and their foreign keys."""
    tables = {one.name: one for one in second.tables}
    for one in first.tables:
        known = {own.name for own in one.columns}
        added = tables.get(one.name, one)
        columns = (*one.columns, *(own for own in added.columns if own.name not in known))
        fresh = tuple(key for key in added.foreign_keys if key.columns[0] not in known)
        keys = one.foreign_keys if added is one else (*one.foreign_keys, *fresh)
        tables[one.name] = replace(one, columns=columns, foreign_keys=keys)
    return replace(first, tables=tuple(sorted(tables.values(), key=lambda one: one.name)))


def is_good(name: str) -> bool:
    is_plain = name.isidentifier() and name.isascii() and not keyword.iskeyword(name)
    return is_plain and "__" not in name and not name.startswith("_") and not name.endswith("_")


@settings(max_examples=400, deadline=None)
@given(catalogs())
def test_any_database_gets_valid_names_that_do_not_clash(given_catalog: Catalog) -> None:
    decisions = decided(given_catalog)
    models = [one.model.lower() for one in decisions.tables]
    modules = [one.module for one in decisions.tables]
    assert len(set(models)) == len(models)
    assert len(set(modules)) == len(modules)
    assert not reserved_classes() & set(models)
    assert not reserved_modules() & set(modules)
    assert all(is_good(name) for name in (*(one.model for one in decisions.tables), *modules))
    for one in decisions.tables:
        names = names_on(one)
        assert all(is_good(name) for name in names)
        assert len(set(names)) == len(names)
        assert not reserved_fields() & set(names)
        everything = names + reverse_names(decisions, one.table)
        assert len(set(everything)) == len(everything)


@settings(max_examples=200, deadline=None)
@given(catalogs(), st.randoms(use_true_random=False))
def test_names_do_not_depend_on_the_order_of_columns(given_catalog: Catalog, randomly: random.Random) -> None:
    shuffled = replace(
        given_catalog,
        tables=tuple(
            replace(one, columns=tuple(randomly.sample(one.columns, len(one.columns)))) for one in given_catalog.tables
        ),
    )
    before, after = decided(given_catalog), decided(shuffled)
    for one, other in zip(before.tables, after.tables, strict=True):
        assert (one.model, one.module, dict(one.fields)) == (other.model, other.module, dict(other.fields))
        ways = {relation.columns: relation.related_name for relation in one.relations}
        assert ways == {relation.columns: relation.related_name for relation in other.relations}


@settings(max_examples=200, deadline=None)
@given(catalogs(), catalogs())
def test_a_name_once_given_stays_when_tables_and_columns_come(first: Catalog, second: Catalog) -> None:
    decisions = decided(first)
    lock = read_lock(lock_text(locked(decisions, NamesLock())))
    assert decided(first, lock) == decisions
    grown = grown_by(first, second)
    after = decided(grown, lock)
    for one in decisions.tables:
        now = after.table(one.table)
        assert (now.model, now.module) == (one.model, one.module)
        assert dict(one.fields).items() <= dict(now.fields).items()
        ways = {relation.columns: relation.related_name for relation in now.relations}
        assert all(ways[relation.columns] == relation.related_name for relation in one.relations)
        assert len(set(names_on(now) + reverse_names(after, one.table))) == len(
            names_on(now) + reverse_names(after, one.table)
        )


def test_the_example_comes_out() -> None:
    decisions = decided(
        catalog(
            table("accounts", column("id"), column("name", "text"), primary_key="id"),
            table(
                "legacy_customers",
                column("id"),
                column("fullname", "varchar(255)"),
                column("account_id"),
                primary_key="id",
                foreign_keys=(foreign_key("account_id", "accounts(id)"),),
            ),
        )
    )
    account, customer = decisions.tables
    assert (account.model, account.db_table, account.verbose_name) == ("Account", "accounts", "")
    assert (customer.model, customer.module, customer.db_table) == ("Customer", "customer", "legacy_customers")
    assert customer.fields == (("id", "id"), ("fullname", "full_name"), ("account_id", "account"))
    (relation,) = customer.relations
    assert (relation.field, relation.related_name, relation.is_one_to_one) == ("account", None, False)
    assert decisions.search_path == ("public",)
