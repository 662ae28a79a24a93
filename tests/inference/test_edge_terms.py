"""What is asked of signals while there is nothing for them to look up, and afterwards."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from onboard.catalog.canonical import from_json
from onboard.inference.candidates import Edge
from onboard.inference.edge_terms import BIAS, Measuring, measure
from onboard.inference.foreign_keys import open_columns
from onboard.inference.key_index import KeyIndex
from onboard.inference.schema import Schema, read_schema
from onboard.inference.signal_bits import all_signals
from onboard.inference.situation import PairId, Situation
from tests.catalogs import catalog, column
from tests.catalogs import table as _table
from tests.legacy_dbs import FOLDER

CATALOGS = sorted(FOLDER.glob("*/expected/.onboard/catalog.json"))


def _schema() -> Schema:
    customers = _table("customers", column("id"), primary_key="id")
    return read_schema(catalog(customers, _table("orders", column("no"), column("customer_id"))))


def _edge(schema: Schema) -> Edge:
    (edge,) = KeyIndex(schema).edges(schema.tables[1].by_name["customer_id"])
    return edge


def test_signals_read_fields_that_a_situation_has() -> None:
    known = {field.name for field in fields(Situation)}
    assert {signal.reads for signal in all_signals() if signal.reads} <= known


def test_a_signal_has_nothing_to_say_while_what_it_reads_is_empty() -> None:
    schema = _schema()
    edge = _edge(schema)
    situation = Situation(schema)
    silent = [signal for signal in all_signals() if signal.reads and not getattr(situation, signal.reads)]
    assert silent
    assert [signal.name for signal in silent if signal.measure(edge, situation)] == []


def test_takes_back_what_no_longer_holds() -> None:
    schema = _schema()
    edge = _edge(schema)
    situation = Situation(schema, hubs={(edge.parent.table.name, "id"): 0.7})
    measure([edge], situation)
    assert edge.terms["parent_is_hub"] == 0.7
    situation.hubs = {}
    measure([edge], situation)
    assert "parent_is_hub" not in edge.terms


def test_measures_a_shared_subject_once_and_gives_every_edge_its_own_terms() -> None:
    schema = _schema()
    first, second = _edge(schema), _edge(schema)
    measure([first, second], Situation(schema))
    assert first.terms == second.terms
    first.way = None
    assert second.terms["types_same"]


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: file.parts[-4])
def test_signals_have_nothing_to_say_of_edges_that_do_not_fit(file: Path) -> None:
    schema = read_schema(from_json(file.read_text(encoding="utf-8")))
    situation = Situation(schema)
    index = KeyIndex(schema)
    edges = [edge for column in open_columns(schema) for edge in index.edges(column)]
    measure(edges, situation)
    for edge in edges:
        for signal in all_signals():
            fits_child = signal.child is None or signal.child(edge.child)
            fits_parent = signal.parent is None or signal.parent(edge.parent)
            is_near = not signal.is_near or _are_near(edge)
            assert (fits_child and fits_parent and is_near) or not signal.measure(edge, situation), signal.name


def _are_near(edge: Edge) -> bool:
    child, parent = edge.child.table, edge.parent.table
    return child is parent or not parent.all_words.isdisjoint(child.words)


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: file.parts[-4])
def test_what_edges_have_in_common_is_what_each_of_them_would_have_said(file: Path) -> None:
    schema = read_schema(from_json(file.read_text(encoding="utf-8")))
    index = KeyIndex(schema)
    edges = [edge for column in open_columns(schema) for edge in index.edges(column)]
    situation = Situation(
        schema,
        hubs={(edge.parent.table.name, edge.parent.only.name): 0.5 for edge in edges[::2]},
        votes={(edge.child, edge.parent.only): 0.25 for edge in edges[::3]},
        suffix_habit=0.75,
        sequence_habit=0.5,
    )
    measure(edges, situation)
    for edge in edges:
        asked = ((one.name, one.measure(edge, situation)) for one in all_signals() if not one.needs_rows)
        assert edge.terms == {BIAS: 1.0} | {name: float(value) for name, value in asked if value}


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: file.parts[-4])
def test_what_is_measured_again_is_what_would_be_measured_anew(file: Path) -> None:
    schema = read_schema(from_json(file.read_text(encoding="utf-8")))
    index = KeyIndex(schema)
    edges = [edge for column in open_columns(schema) for edge in index.edges(column)]
    situation = Situation(schema)
    measuring = Measuring(situation)
    measuring.measure(edges)
    for learnt in _lessons(edges):
        for name, held in learnt.items():
            setattr(situation, name, held)
        measuring.refresh()
        measuring.measure(edges)
        known = [edge.terms for edge in edges]
        measure(edges, situation)
        assert known == [edge.terms for edge in edges], learnt.keys()


def _lessons(edges: list[Edge]) -> list[dict[str, object]]:
    """Return what is learnt, one after the other."""
    some, others = edges[::3], edges[::2]
    return [
        {"votes": {(edge.child, edge.parent.only): 0.25 for edge in some}},
        {"hubs": {_pair(edge)[2:]: 0.5 for edge in others}, "index_habit": 0.7},
        {"reached": {_pair(edge): 0.6 for edge in some}},
        {"composed": {_pair(edge)[:2]: (edge.child.table.name, 0.6) for edge in others}},
        {"votes": {}, "people": _pair(edges[0])[2:] if edges else None},
    ]


def _pair(edge: Edge) -> PairId:
    return edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name


def test_columns_of_one_name_and_type_share_their_leads() -> None:
    customers = _table("customers", column("id"), primary_key="id")
    tables = [_table(name, column("no"), column("customer_id")) for name in ("orders", "returns")]
    schema = read_schema(catalog(customers, *tables, _table("notes", column("customer_id", "int8"))))
    index = KeyIndex(schema)
    notes, orders, returns = (index.edges(table.by_name["customer_id"])[0] for table in schema.tables[1:])
    assert orders.lead is returns.lead
    assert orders.lead is not notes.lead
