"""How references look in a database: what is declared shows it as well as what likely refers."""

from __future__ import annotations

from onboard.catalog.structure import Table
from onboard.inference.answers import Answers
from onboard.inference.inferred import infer_from_names
from onboard.inference.situation import Situation
from tests.catalogs import catalog, column, foreign_key, table
from tests.inference.test_key_index import keyed

_NAMES = ("order", "clerk", "store", "truck", "depot", "firm")


def situation(*tables: Table) -> Situation:
    return infer_from_names(catalog(*tables), Answers()).situation


def _lines(*, declares: bool, suffix: str = "_id", indexes: tuple[str, ...] = ()) -> Table:
    columns = [f"{name}{suffix}" for name in _NAMES]
    keys = [foreign_key(one, f"{name}s(id)") for one, name in zip(columns, _NAMES, strict=True)] if declares else []
    listed = [column("id"), *map(column, columns)]
    return table("lines", *listed, primary_key="id", foreign_keys=tuple(keys), indexes=indexes)


_PARENTS = tuple(keyed(f"{name}s") for name in _NAMES)


def test_a_database_that_declares_nothing_has_no_such_habit() -> None:
    assert situation(*_PARENTS, _lines(declares=False)).declared_habit == 0


def test_what_is_not_declared_is_doubtful_where_the_others_are() -> None:
    found = infer_from_names(catalog(*_PARENTS, _lines(declares=True), keyed("notes", "firm_id")), Answers())
    assert 0.5 < found.situation.declared_habit < 0.7
    (choice,) = [one for one in found.choices if one.child.table.name.name == "notes"]
    assert choice.ranked()[0][0].terms["others_are_declared"] == found.situation.declared_habit


def test_declared_references_show_how_references_end() -> None:
    declared = situation(*_PARENTS, _lines(declares=True)).suffix_habit
    assert declared == situation(*_PARENTS, _lines(declares=False)).suffix_habit > 0.6
    assert situation(*_PARENTS, _lines(declares=True, suffix="")).suffix_habit == 0


def test_declared_references_show_whether_references_have_indexes() -> None:
    indexes = tuple(f"{name}_id" for name in _NAMES)
    assert situation(*_PARENTS, _lines(declares=True, indexes=indexes)).index_habit > 0.5
    assert situation(*_PARENTS, _lines(declares=True)).index_habit == 0
