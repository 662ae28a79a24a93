from __future__ import annotations

import pytest

from onboard.decisions.fragments import fragments


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("order_line", ("order", "line")),
        ("PROC_INST_ID_", ("proc", "inst", "id")),
        ("CustomerID", ("customer", "id")),
        ("HTTPServer", ("http", "server")),
        ("OrderIDs", ("order", "ids")),
        ("address1", ("address1",)),
        ("1st_name", ("first", "name")),
        ("4extra", ("4", "extra")),
        ("größe", ("grosse",)),
        ("клиенты", ("klienty",)),
        ("北京", ("bei", "jing")),
        ("%%", ()),
        ("", ()),
    ],
)
def test_splits_as_the_name_is_spelled(name: str, found: tuple[str, ...]) -> None:
    assert fragments(name) == found
