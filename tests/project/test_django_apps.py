from __future__ import annotations

import pytest

from onboard.catalog.structure import TableName
from onboard.passes.source import AppSource, Import, ModelSource
from onboard.project.django_apps import POSTGRES_APP, apps_to_install


def using(*helpers: str, imports: frozenset[Import] = frozenset()) -> AppSource:
    model = ModelSource(TableName("public", "t"), "T", "class T: ...\n", imports, frozenset(helpers), (), ())
    return AppSource("legacy", (model,))


@pytest.mark.parametrize(
    ("source", "is_needed"),
    [
        (using(), False),
        (using(imports=frozenset({Import("django.contrib.postgres.fields", "ArrayField")})), True),
        (using(imports=frozenset({Import("django.contrib.postgres.functions", "RandomUUID")})), False),
        (using("LongNameHashIndex"), True),
        (using("LongNameIndex"), False),
    ],
)
def test_djangos_postgres_app_is_installed_where_the_models_or_their_helper_classes_need_it(
    source: AppSource, is_needed: bool
) -> None:
    assert apps_to_install(source) == ((POSTGRES_APP,) if is_needed else ()) + ("legacy",)
