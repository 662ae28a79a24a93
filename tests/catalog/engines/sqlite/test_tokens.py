import pytest

from onboard.catalog.engines.sqlite.tokens import TokenKind, closing, inside, split, tokens


def test_passes_over_comments_and_keeps_strings_whole() -> None:
    found = tokens("a -- (\n /* ' */ 'it''s ) --' \"q\"\"x\" [b]]c] `d``e` x'00' 1.5e3")
    assert [token.text for token in found] == [
        "a",
        "'it''s ) --'",
        '"q""x"',
        "[b]",
        "]",
        "c",
        "]",
        "`d``e`",
        "x'00'",
        "1.5e3",
    ]


@pytest.mark.parametrize(
    ("text", "name"), [("a", "a"), ('"q""x"', 'q"x'), ("[b c]", "b c"), ("`d``e`", "d`e"), ("'f''g'", "f'g")]
)
def test_undoes_the_quotes_of_a_name(text: str, name: str) -> None:
    (token,) = tokens(text)
    assert token.name == name


def test_a_quoted_keyword_is_no_keyword() -> None:
    bare, quoted = tokens('check "check"')
    assert bare.is_word("CHECK")
    assert not quoted.is_word("CHECK")
    assert quoted.kind is TokenKind.QUOTED


def test_an_open_comment_or_parenthesis_ends_with_the_text() -> None:
    assert tokens("a /* b") == tokens("a")
    found = tokens("(a (b)")
    assert closing(found, 0) == len(found)


def test_finds_the_inside_and_the_parts() -> None:
    sql = "(a(1, 2), ')', /* x */ b)"
    found = tokens(sql)
    assert closing(found, 0) == len(found) - 1
    assert inside(sql, found, 0) == "a(1, 2), ')', /* x */ b"
    assert [[token.text for token in part] for part in split(found[1:-1])][1:] == [["')'"], ["b"]]
