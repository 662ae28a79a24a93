from __future__ import annotations

from onboard.migrations.ddl.indexes import in_lower_case


def test_a_name_in_capitals_stays() -> None:
    made = in_lower_case('CREATE UNIQUE INDEX "CREATE INDEX " ON a ("X")')
    assert made == 'create unique index "CREATE INDEX " ON a ("X")'
    assert in_lower_case("CREATE TABLE t (a int NOT NULL)") == "CREATE TABLE t (a int NOT NULL)"
