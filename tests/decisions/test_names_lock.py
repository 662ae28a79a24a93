from __future__ import annotations

import pytest

from onboard.decisions.decide import decide
from onboard.decisions.names_lock import NamesLock, lock_text, locked, read_lock
from onboard.decisions.person import Person
from onboard.errors import BadInput
from onboard.inference.proposals import Proposals
from tests.catalogs import catalog, column, foreign_key, name_of, table

ACCOUNTS = table("accounts", column("id"), primary_key="id")
ORDERS = table(
    "orders",
    column("id"),
    column("account_id"),
    primary_key="id",
    foreign_keys=(foreign_key("account_id", "accounts(id)"),),
)


def lock_of(*tables: object, previous: NamesLock | None = None) -> NamesLock:
    given = catalog(*tables)  # type: ignore[arg-type]  # tables of the builder
    previous = previous or NamesLock()
    return locked(decide(given, Proposals(), Person(), previous, app="legacy"), previous)


def test_an_absent_file_is_an_empty_lock() -> None:
    assert read_lock(None) == NamesLock()


def test_survives_its_text() -> None:
    lock = lock_of(ACCOUNTS, ORDERS)
    assert read_lock(lock_text(lock)) == lock
    assert lock_text(lock).endswith("}\n")


@pytest.mark.parametrize("text", ["", "[]", '{"format": "other"}', '{"format": "onboard-names/1"}'])
def test_refuses_a_file_that_is_not_ours(text: str) -> None:
    with pytest.raises(BadInput):
        read_lock(text)


def test_keeps_the_names_of_a_table_that_is_gone() -> None:
    lock = lock_of(ACCOUNTS, ORDERS)
    assert lock_of(ACCOUNTS, previous=lock) == lock


def test_lets_a_name_go_that_another_has_now() -> None:
    lock = lock_of(table("tbl_accounts", column("id")))
    after = lock_of(ACCOUNTS, previous=lock)
    assert {name.name: one.model for name, one in after.tables.items()} == {"accounts": "Account"}


def test_a_column_that_becomes_a_relation_is_named_as_one() -> None:
    plain = table("orders", column("id"), column("account_id"), primary_key="id")
    lock = lock_of(ACCOUNTS, plain)
    assert dict(lock.tables[name_of("orders")].fields)["account_id"] == "account_id"
    after = lock_of(ACCOUNTS, ORDERS, previous=lock)
    assert after.tables[name_of("orders")].relations[0][2] == "account"
