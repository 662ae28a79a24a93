"""The table that columns refer to without a word in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onboard.catalog.structure import Table, TableKind
from onboard.inference.answers import Answers
from onboard.inference.contained import single_keys
from onboard.inference.hubs import Hub, find_hub
from onboard.inference.inferred import Inferred, infer_from_names
from tests.catalogs import catalog, column, foreign_key, table
from tests.inference.test_key_index import keyed

_TERMS = keyed("terms", key="term_id")


def hub(*tables: Table) -> Hub | None:
    return hub_of(infer_from_names(catalog(_TERMS, *tables), Answers()))


def hub_of(inferred: Inferred) -> Hub | None:
    keys = {(key.table.name, key.only.name): key for key in single_keys(inferred.schema)}
    return find_hub(inferred.schema, inferred.choices, keys)


def declared(*names: str) -> Sequence[Table]:
    keys = (foreign_key("type_id", "terms(term_id)"),)
    return [table(name, column("id"), column("type_id"), primary_key="id", foreign_keys=keys) for name in names]


def test_two_references_make_no_hub() -> None:
    assert hub(*declared("alphas", "betas")) is None


def test_references_that_share_a_word_make_no_hub() -> None:
    keys = (foreign_key("term_id", "terms(term_id)"),)
    named = [
        table(name, column("id"), column("term_id"), primary_key="id", foreign_keys=keys)
        for name in ("alphas", "betas", "gammas", "deltas")
    ]
    assert hub(*named) is None


def test_three_references_without_a_word_in_common_make_a_hub() -> None:
    found = hub(*declared("alphas", "betas", "gammas"))
    assert found is not None
    assert found.key.table.name.name == "terms"
    assert found.share == 3 / (3 + 3)  # as many may lead elsewhere


def test_references_settled_by_votes_count_by_their_shares() -> None:
    found = hub(*declared("alphas", "betas"), keyed("gammas", "type_id"), keyed("deltas", "type_id"))
    assert found is not None
    assert 3 / (3 + 3) < found.share < 4 / (4 + 3)


def test_references_that_views_join_count_by_their_shares() -> None:
    words = ("kind", "sort", "class", "type", "shape")
    tables = [keyed(f"{word}lists", f"{word}_id") for word in words]
    views = [
        table(
            f"{word}_names",
            column("term_id"),
            kind=TableKind.VIEW,
            view_definition=f"select t.term_id from {word}lists b join terms t on b.{word}_id = t.term_id",
        )
        for word in words
    ]
    assert hub(*tables) is None
    assert hub(*tables, *views) is not None


def test_votes_are_weighed_before_a_hub_is_looked_for() -> None:
    voted = (keyed("gammas", "type_id"), keyed("deltas", "type_id"))
    inferred = infer_from_names(catalog(_TERMS, *declared("alphas", "betas"), *voted), Answers())
    found = hub_of(inferred)
    assert found is not None
    assert inferred.situation.hub_share == found.share


def test_of_two_tables_that_as_many_refer_to_the_first_by_name_is_the_hub() -> None:
    keys = (foreign_key("kind_id", "ranks(id)"),)
    others = [
        table(name, column("id"), column("kind_id"), primary_key="id", foreign_keys=keys)
        for name in ("deltas", "epsilons", "zetas")
    ]
    whole = catalog(_TERMS, keyed("ranks"), *declared("alphas", "betas", "gammas"), *others)
    for tables in (whole.tables, whole.tables[::-1]):
        found = hub_of(infer_from_names(replace(whole, tables=tables), Answers()))
        assert found is not None
        assert found.key.table.name.name == "ranks"
