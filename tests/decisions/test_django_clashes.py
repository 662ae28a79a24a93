from __future__ import annotations

import pytest

from onboard.decisions.decide import decide
from onboard.decisions.django_clashes import django_clashes
from onboard.decisions.names_lock import NamesLock
from onboard.decisions.person import Person
from onboard.inference.proposals import Proposals
from tests.catalogs import catalog, column, table


@pytest.mark.parametrize(
    ("names", "clashes"),
    [
        (("orders", "users"), ()),
        (("auth_user",), ("django.contrib.auth",)),
        (("Auth_Group", "django_migrations"), ("django.contrib.auth", "django.db.migrations")),
    ],
)
def test_names_the_apps_whose_tables_are_scanned(names: tuple[str, ...], clashes: tuple[str, ...]) -> None:
    given = catalog(*(table(name, column("id")) for name in names))
    assert django_clashes(decide(given, Proposals(), Person(), NamesLock(), app="legacy")) == clashes
