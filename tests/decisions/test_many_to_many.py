"""Which tables join two others, and what the two are called from each other."""

from __future__ import annotations

import pytest

from onboard.catalog.structure import Catalog, Table
from onboard.decisions.decide import decide
from onboard.decisions.decisions import Decisions
from onboard.decisions.names_lock import NamesLock, lock_text, locked, read_lock
from onboard.decisions.person import Person
from onboard.inference.proposals import Proposals
from tests.catalogs import catalog, column, foreign_key, table

ACTOR = table("actor", column("id"), primary_key="id")
FILM = table("film", column("id"), primary_key="id")
TO_ACTOR = foreign_key("actor_id", "actor(id)")
TO_FILM = foreign_key("film_id", "film(id)")
PAIR = (column("actor_id"), column("film_id"))
FILM_ACTOR = table("film_actor", *PAIR, primary_key="actor_id,film_id", foreign_keys=(TO_ACTOR, TO_FILM))


def _decided(of: Catalog, lock: NamesLock | None = None) -> Decisions:
    return decide(of, Proposals(), Person(), lock or NamesLock(), app="legacy")


def _joins(decisions: Decisions) -> list[tuple[str, str, str]]:
    return [(one.model, own.field, own.related_name) for one in decisions.tables for own in one.many_to_many]


@pytest.mark.parametrize(
    "through",
    [
        # The pair may come twice.
        table("film_actor", column("id"), *PAIR, primary_key="id", foreign_keys=(TO_ACTOR, TO_FILM)),
        # Three relations are more than a join.
        table(
            "film_actor",
            *PAIR,
            column("by_id"),
            primary_key="actor_id,film_id",
            foreign_keys=(TO_ACTOR, TO_FILM, foreign_key("by_id", "actor(id)")),
        ),
        # Both sides are one table.
        table(
            "film_actor",
            *PAIR,
            primary_key="actor_id,film_id",
            foreign_keys=(foreign_key("actor_id", "film(id)"), TO_FILM),
        ),
        # A table without a key cannot be written to.
        table("film_actor", *PAIR, uniques=("actor_id,film_id",), foreign_keys=(TO_ACTOR, TO_FILM)),
    ],
)
def test_leaves_other_tables_alone(through: Table) -> None:
    assert _joins(_decided(catalog(ACTOR, FILM, through))) == []


def test_leaves_a_side_with_a_composite_key_alone() -> None:
    film = table("film", column("id"), column("no"), primary_key="id,no", uniques=("id",))
    assert _joins(_decided(catalog(ACTOR, film, FILM_ACTOR))) == []


def test_the_table_that_the_join_is_named_after_gets_the_field() -> None:
    assert _joins(_decided(catalog(ACTOR, FILM, FILM_ACTOR))) == [("Film", "actors", "films")]


def test_a_unique_pair_beside_a_key_of_its_own_joins_too() -> None:
    through = table(
        "casting",
        column("id"),
        *PAIR,
        primary_key="id",
        uniques=("film_id,actor_id",),
        foreign_keys=(TO_ACTOR, TO_FILM),
    )
    assert _joins(_decided(catalog(ACTOR, FILM, through))) == [("Actor", "films", "actors")]


def test_a_name_that_is_taken_says_what_joins() -> None:
    film = table("film", column("id"), column("actors"), primary_key="id")
    assert _joins(_decided(catalog(ACTOR, film, FILM_ACTOR))) == [("Film", "film_actor_actors", "film_actor_films")]


def test_a_second_join_of_the_same_two_has_other_names() -> None:
    extra = table("film_extra", *PAIR, primary_key="actor_id,film_id", foreign_keys=(TO_ACTOR, TO_FILM))
    found = _joins(_decided(catalog(ACTOR, FILM, FILM_ACTOR, extra)))
    assert found == [("Film", "actors", "films"), ("Film", "film_extra_actors", "film_extra_films")]


def test_a_name_once_given_stays_when_a_column_or_a_join_comes() -> None:
    first = _decided(catalog(ACTOR, FILM, FILM_ACTOR))
    lock = read_lock(lock_text(locked(first, NamesLock())))
    film = table("film", column("id"), column("actors"), primary_key="id")
    earlier = table("actor_film", *PAIR, primary_key="actor_id,film_id", foreign_keys=(TO_ACTOR, TO_FILM))
    again = _decided(catalog(ACTOR, film, FILM_ACTOR, earlier), lock)
    assert ("Film", "actors", "films") in _joins(again)
    assert "actors" not in dict(again.table(film.name).fields).values()
