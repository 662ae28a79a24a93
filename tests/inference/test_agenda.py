import tempfile

from onboard.catalog.dsn import parse_dsn
from onboard.inference.agenda import ask_in_order, question
from onboard.inference.rows import open_rows


def asked(*shares_and_rows: tuple[float, int], left_s: float = 1000.0) -> list[str]:
    found: list[str] = []
    with tempfile.NamedTemporaryFile() as file, open_rows(parse_dsn(f"sqlite:///{file.name}")) as rows:
        ask_in_order(
            [
                question(f"{share} {rows}", share, rows, 1, lambda name=f"{share} {rows}": found.append(name))  # type: ignore[misc]  # mypy takes no default in a lambda
                for share, rows in shares_and_rows
            ],
            lambda: left_s,
            rows,
        )
    return found


def test_asks_nothing_that_would_not_be_answered_in_time() -> None:
    assert asked((0.5, 50_000_000), left_s=5) == []


def test_what_is_nearest_to_the_threshold_comes_first() -> None:
    assert asked((0.99, 1_000_000), (0.5, 1_000_000), (0.8, 1_000_000), left_s=2.9) == [
        "0.5 1000000",
        "0.8 1000000",
        "0.99 1000000",
    ]


def test_what_costs_little_comes_first_where_there_is_no_time_for_all() -> None:
    assert asked((0.6, 9_000_000), (0.7, 400_000), left_s=9.2) == ["0.7 400000", "0.6 9000000"]


def test_the_longest_comes_first_where_there_is_time_for_all() -> None:
    assert asked((0.7, 400_000), (0.9, 9_000_000)) == ["0.9 9000000", "0.7 400000"]
