from __future__ import annotations

import pytest

from onboard.decisions.read_toml import read_person
from onboard.decisions.statements import Person
from onboard.errors import BadInput


def refusal(text: str) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read_person(text)
    return caught.value


def test_an_absent_file_says_nothing() -> None:
    assert read_person(None) == Person()
    assert read_person("# nothing\n") == Person()


def test_leaves_sections_of_others_alone() -> None:
    assert read_person("[generate]\nsplit = true\n") == Person()


def test_reads_what_a_scan_looks_at() -> None:
    person = read_person('[scan]\nschemas = ["hr"]\ntables = ["a*"]\nexclude = ["b"]\nviews = true\nthreshold = 0.9\n')
    assert (person.schemas, person.tables, person.exclude, person.views) == (("hr",), ("a*",), ("b",), True)
    assert person.threshold == 0.9


def test_an_entry_without_use_is_a_yes() -> None:
    (answer,) = read_person('[[primary_key]]\ntable = "public.a"\ncolumns = ["x", "y"]\n').answers.primary_keys
    assert (answer.table.name, answer.columns, answer.use) == ("a", ("x", "y"), True)


def test_a_line_as_the_design_writes_it_is_the_persons() -> None:
    text = '[[foreign_key]]\nfrom = "public.orders(cust_no)"\nto = "public.tblcust(custno)"\nuse = true # 0.97\n'
    (answer,) = read_person(text).answers.foreign_keys
    assert (answer.columns, answer.referenced_columns, answer.use) == (("cust_no",), ("custno",), True)


def test_reads_glossary_names_and_rules() -> None:
    person = read_person(
        '[names]\n"public.a" = "Thing"\n[glossary]\ncust = "customer"\nprefixes = ["x_"]\n[glossary.plurals]\n'
        'datum = "data"\n[[rename]]\nmatch = "^f_"\nof = "column"\n'
    )
    assert [(one.key, one.name, one.line) for one in person.names] == [("public.a", "Thing", 2)]
    assert person.glossary.words == (("cust", "customer"),)
    assert (person.glossary.prefixes, person.glossary.plurals) == (("x_",), (("datum", "data"),))
    assert [(one.pattern, one.replacement, one.of, one.line) for one in person.rules] == [("^f_", "", "column", 8)]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("[scan\n", 1, "TOML"),
        ('[scan]\n\nthreshold = "high"\n', 3, "threshold"),
        ('[scan]\nschema = ["a"]\n', 2, "schemas"),
        ('# one\n[[foreign_keys]]\nfrom = "a"\n', 2, "foreign_key"),
        ('[[foreign_key]]\nfrom = "a.b"\nto = "c(d)"\n', 1, "columns"),
        ('[[foreign_key]]\nfrom = "a(b"\nto = "c(d)"\n', 1, "spelled"),
        ('[[foreign_key]]\nfrom = "a(b, c)"\nto = "c(d)"\n', 1, "columns"),
        ('\n[[primary_key]]\ntable = "a"\ncolumns = "b"\n', 2, "columns"),
        ('[[primary_key]]\ntable = "a"\ncolumns = ["b"]\nuse = "yes"\n', 1, "use"),
        ('[primary_key]\ntable = "a"\n', 1, "[[primary_key]]"),
        ("[names]\na = 1\n", 2, "text"),
        ("[glossary]\na = []\n", 2, "text"),
        ('[[rename]]\nmatch = "("\n', 1, "rule"),
    ],
)
def test_says_the_line_of_what_it_cannot_read(text: str, line: int, word: str) -> None:
    error = refusal(text)
    assert error.where == f"onboard.toml:{line}"
    assert word in str(error)


def test_counts_lines_over_strings_and_lists_that_span_them() -> None:
    text = 'x = """\n[names]\n"""\ny = [\n  "a", # ]\n]\n[names]\nt = 5\n'
    assert refusal(text).where == "onboard.toml:8"
