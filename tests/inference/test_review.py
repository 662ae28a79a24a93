from onboard.inference.proposals import ForeignKeyProposal, PrimaryKeyProposal, Proposals
from onboard.inference.review import review_queue
from tests.catalogs import name_of


def reference(child: str, confidence: float, stem: str) -> ForeignKeyProposal:
    return ForeignKeyProposal(name_of(child), ("type_id",), name_of("terms"), ("id",), confidence, stem=stem)


def test_the_decision_that_settles_most_columns_comes_first() -> None:
    many = [reference(f"table_{number}", 0.6, "type") for number in range(5)]
    alone = reference("other", 0.5, "kind")
    first, second = review_queue(Proposals(foreign_keys=(alone, *many)))
    assert (first.settles, first.columns) == (5, ("type_id",))
    assert second.settles == 1


def test_what_is_sure_or_hopeless_is_not_asked() -> None:
    keys = (reference("a", 0.99, "x"), reference("b", 0.05, "y"))
    primary = PrimaryKeyProposal(name_of("c"), ("id",), 0.99)
    assert review_queue(Proposals(primary_keys=(primary,), foreign_keys=keys)) == ()


def test_a_doubtful_primary_key_is_asked_about() -> None:
    primary = PrimaryKeyProposal(name_of("c"), ("id",), 0.5)
    (question,) = review_queue(Proposals(primary_keys=(primary,)))
    assert (question.kind, question.table) == ("primary_key", name_of("c"))
