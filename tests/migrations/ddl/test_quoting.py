"""Names and texts survive the server, whatever they hold."""

from __future__ import annotations

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onboard.catalog.structure import TableName
from onboard.migrations.ddl.quoting import identifier, qualified, text_literal

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


def test_names_are_quoted_and_their_quotes_doubled() -> None:
    assert identifier('a"b') == '"a""b"'
    assert qualified(TableName("my schema", "select")) == '"my schema"."select"'


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT | st.text(alphabet="\\'\"E\n", max_size=6))
def test_a_literal_is_the_text_for_the_server(server_dsn: str, text: str) -> None:
    with psycopg.connect(server_dsn) as connection:
        for conforming in ("on", "off"):
            connection.execute(f"set standard_conforming_strings = {conforming}".encode())
            assert connection.execute(f"select {text_literal(text)}".encode()).fetchone() == (text,)
