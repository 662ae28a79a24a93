import pytest

from onboard.errors import BadInput
from onboard.inference.answers import Answers
from onboard.inference.evidence_file import from_json, to_json
from onboard.inference.propose import propose
from tests.catalogs import catalog, column, name_of, table

SHOWN = catalog(
    table("customers", column("id")),
    table("orders", column("id"), column("customer_id"), column("is_open", "int2"), primary_key="id"),
)


def test_proposals_survive_their_json() -> None:
    found = propose(SHOWN, answers=Answers(), rows=None, budget_s=None, progress=lambda _: None)
    assert found.foreign_keys
    assert found.primary_keys
    estimates = ((name_of("orders"), 12),)
    assert from_json(to_json(found, estimates)) == (found, estimates)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "other"}', '{"format": "onboard-evidence/1"}'])
def test_refuses_what_it_did_not_write(text: str) -> None:
    with pytest.raises(BadInput):
        from_json(text)
