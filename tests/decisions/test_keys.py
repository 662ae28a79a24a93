from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import Catalog, Table
from onboard.decisions.keys import UsedRelation, used_keys
from onboard.decisions.person import Person
from onboard.inference.answers import Answers, ForeignKeyAnswer, PrimaryKeyAnswer
from onboard.inference.proposals import ForeignKeyProposal, Origin, PrimaryKeyProposal, Proposals
from onboard.inference.threshold import DEFAULT_THRESHOLD
from tests.catalogs import catalog, column, foreign_key, name_of, table

PARENT = table("parent", column("id"), column("code"), primary_key="id")
OTHER = table("other", column("id"), primary_key="id")
CHILD = table("child", column("id"), column("parent_id"), primary_key="id")


def proposal(references: str = "parent", confidence: float = 0.9, key: str = "id") -> ForeignKeyProposal:
    return ForeignKeyProposal(name_of("child"), ("parent_id",), name_of(references), (key,), confidence)


def relations(given: Catalog, *proposals: ForeignKeyProposal, person: Person | None = None) -> list[UsedRelation]:
    used = used_keys(given, Proposals((), proposals), person or Person())
    return [one for found in used.relations.values() for one in found]


def says(use: bool, references: str = "parent") -> Person:
    answer = ForeignKeyAnswer(name_of("child"), ("parent_id",), name_of(references), ("id",), use)
    return Person(answers=Answers((), (answer,)))


def with_keys(one: Table, *keys: tuple[str, str], valid: bool = True) -> Table:
    made = tuple(replace(foreign_key(*key), is_valid=valid) for key in keys)
    return replace(one, foreign_keys=(*one.foreign_keys, *made))


def test_leaves_a_proposal_below_the_threshold_alone() -> None:
    assert relations(catalog(PARENT, CHILD), proposal(confidence=DEFAULT_THRESHOLD - 0.01)) == []


def test_leaves_a_proposal_alone_that_the_person_refused() -> None:
    assert relations(catalog(PARENT, CHILD), proposal(confidence=1.0), person=says(False)) == []


def test_leaves_columns_that_are_no_key_of_the_parent_alone() -> None:
    assert relations(catalog(PARENT, CHILD), proposal(key="code")) == []
    assert relations(catalog(with_keys(CHILD, ("parent_id", "gone(id)")))) == []


def test_leaves_a_key_that_points_at_itself_alone() -> None:
    assert relations(catalog(with_keys(PARENT, ("id", "parent(id)")))) == []


def test_leaves_one_of_two_shared_keys_that_refer_to_each_other_alone() -> None:
    given = catalog(with_keys(PARENT, ("id", "other(id)")), with_keys(OTHER, ("id", "parent(id)")))
    (kept,) = relations(given)
    assert kept.is_one_to_one


def test_uses_what_is_declared() -> None:
    (used,) = relations(catalog(PARENT, with_keys(CHILD, ("parent_id", "parent(id)"))))
    assert (used.origin, used.confidence, used.is_one_to_one) == (Origin.DECLARED, 1.0, False)


def test_uses_a_proposal_at_the_threshold_and_one_the_person_wants() -> None:
    assert len(relations(catalog(PARENT, CHILD), proposal(confidence=0.8))) == 1
    (used,) = relations(catalog(PARENT, CHILD), proposal(confidence=0.1), person=says(True))
    assert (used.origin, used.confidence) == (Origin.INFERRED, 0.1)


def test_the_persons_parent_takes_the_place_of_the_proposed_one() -> None:
    (used,) = relations(catalog(PARENT, OTHER, CHILD), proposal(confidence=1.0), person=says(True, "other"))
    assert used.references == name_of("other")


def test_of_two_keys_on_a_column_the_valid_declared_one_is_kept() -> None:
    given = with_keys(with_keys(CHILD, ("parent_id", "other(id)"), valid=False), ("parent_id", "parent(id)"))
    (used,) = relations(catalog(PARENT, OTHER, given))
    assert used.references == name_of("parent")


def test_a_unique_column_is_one_to_one() -> None:
    given = with_keys(
        table("child", column("id"), column("parent_id"), primary_key="id", uniques=("parent_id",)),
        ("parent_id", "parent(id)"),
    )
    (used,) = relations(catalog(PARENT, given))
    assert used.is_one_to_one


def test_the_best_allowed_primary_key_is_used() -> None:
    bare = table("bare", column("a"), column("b"))
    name = name_of("bare")
    proposals = Proposals((PrimaryKeyProposal(name, ("a",), 0.95), PrimaryKeyProposal(name, ("b",), 0.9)))

    def used(person: Person) -> tuple[str, ...] | None:
        key = used_keys(catalog(bare), proposals, person).primary_keys.get(name)
        return key.columns if key else None

    no_a = PrimaryKeyAnswer(name, ("a",), False)
    both = PrimaryKeyAnswer(name, ("a", "b"), True)
    assert used(Person()) == ("a",)
    assert used(Person(answers=Answers((no_a,)))) == ("b",)
    assert used(Person(answers=Answers((both,)))) == ("a", "b")
    assert used(Person(threshold=0.99)) is None
