from __future__ import annotations

from onboard.decisions.toml_lines import statements


def test_leaves_comments_and_blanks_out() -> None:
    assert statements("# one\n\n   # two [x]\n") == ()


def test_tells_headers_keys_lines_and_comments() -> None:
    text = '[scan] # s\na = "x # y" # z\n\n[[foreign_key]]\n"quoted.key" = [\n 1, # in\n] # out\nlast = """\n[no]\n"""'
    found = [(one.header, one.key, one.is_array, one.line, one.last_line, one.comment) for one in statements(text)]
    assert found == [
        ("scan", "", False, 1, 1, "# s"),
        ("scan", "a", False, 2, 2, "# z"),
        ("foreign_key", "", True, 4, 4, ""),
        ("foreign_key", "quoted.key", False, 5, 7, "# out"),
        ("foreign_key", "last", False, 8, 10, ""),
    ]
