from __future__ import annotations

from itertools import permutations

from onboard.decisions.settle import Claimant, claimant, settle


def settled(*claimants: Claimant[str], taken: tuple[str, ...] = ()) -> dict[str, str]:
    found = {
        tuple(
            sorted(
                settle(
                    order,
                    taken=taken,
                    claims=lambda _key, name: frozenset((name,)),
                    numbered=lambda name, number: f"{name}_{number}",
                    order=lambda key: key,
                ).items()
            )
        )
        for order in permutations(claimants)
    }
    assert len(found) == 1  # whoever comes first
    return dict(found.pop())


def test_leaves_free_names_alone() -> None:
    assert settled(claimant("a", ["x", "y"]), claimant("b", ["z"])) == {"a": "x", "b": "z"}


def test_the_lower_rank_keeps_a_name() -> None:
    assert settled(claimant("a", ["x", "y"], (1,)), claimant("b", ["x", "z"], (0,))) == {"a": "y", "b": "x"}


def test_equals_all_go_on() -> None:
    assert settled(claimant("a", ["x", "y"]), claimant("b", ["x", "z"])) == {"a": "y", "b": "z"}


def test_a_taken_name_is_nobodys() -> None:
    assert settled(claimant("a", ["x", "y"]), taken=("x",)) == {"a": "y"}


def test_who_has_no_name_left_is_numbered_after_the_others() -> None:
    assert settled(claimant("a", ["x"]), claimant("b", ["x"]), claimant("c", ["x_2"])) == {
        "a": "x",
        "b": "x_3",
        "c": "x_2",
    }
