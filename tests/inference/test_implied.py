"""What follows from proved keys of several columns, and what does not."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.composite import CompositeChoice, CompositeEdge
from onboard.inference.implied import implied
from onboard.inference.measured import Inclusion
from onboard.inference.schema import ColumnView, read_schema
from onboard.inference.situation import Situation
from tests.catalogs import catalog, column
from tests.catalogs import table as _table

HELD = Inclusion(90, 9, 0, 0, 0, is_exact=True)


def _found(*, is_nullable: bool = False, pair: Inclusion = HELD, step: Inclusion = HELD) -> Inclusion | None:
    schema = read_schema(
        catalog(
            _table("goods", column("no"), primary_key="no"),
            _table("offers", column("goods_no"), column("shop_no"), primary_key="goods_no,shop_no"),
            _table("sales", column("goods_no"), column("shop_no", null=is_nullable)),
        )
    )
    goods, offers, sales = (schema.tables[number] for number in range(3))
    ours: tuple[ColumnView, ...] = tuple(sales.columns)
    composite = CompositeEdge(ours, offers.keys[0], 0, inclusion=pair)
    situation = Situation(schema)
    situation.inclusions[offers.name, "goods_no", goods.name, "no"] = step
    edge = Edge(sales.by_name["goods_no"], goods.keys[0], Relation.TABLE)
    return implied(edge, [CompositeChoice([composite])], situation)


def test_what_holds_all_pairs_holds_what_their_halves_refer_to() -> None:
    found = _found()
    assert found is not None
    assert (found.rows, found.orphans, found.is_exact, found.is_distinct_known) == (90, 0, True, False)


def test_half_a_pair_may_refer_to_nothing() -> None:
    assert _found(is_nullable=True) is None


def test_nothing_follows_from_a_sample_or_from_orphans() -> None:
    for weaker in (Inclusion(90, 9, 0, 0, 0, is_exact=False), Inclusion(90, 9, 1, 1, 0, is_exact=True)):
        assert _found(pair=weaker) is None
        assert _found(step=weaker) is None
