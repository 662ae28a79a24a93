from dataclasses import replace

from onboard.catalog.structure import (
    Index,
    IndexPart,
)
from tests.catalog.engines.postgresql.scans import only_table
from tests.conftest import NewDatabase


def test_reads_every_fact_of_an_index(new_database: NewDatabase) -> None:
    table = only_table(
        new_database(
            'create table t (a int, b text collate "C", c text, d text[])',
            'create index i on t (a desc nulls last, lower(b) text_pattern_ops desc, c collate "POSIX" nulls first,'
            ' b, (c || c) collate "C")'
            " include (d) where a > 0",
            "create index j on t using gin (d)",
            "comment on index j is 'words'",
        )
    )
    i, j = table.indexes
    assert i.parts == (
        IndexPart("a", is_descending=True),
        IndexPart(None, "lower(b)", "text_pattern_ops", is_descending=True, nulls_first=True),
        IndexPart("c", collation='"POSIX"', nulls_first=True),
        IndexPart("b"),
        IndexPart(None, "(c || c)", collation='"C"'),
    )
    assert (i.include, i.predicate, i.is_unique, i.is_valid, i.constraint) == (("d",), "(a > 0)", False, True, None)
    assert i.definition.startswith("CREATE INDEX i ON public.t USING btree")
    assert replace(j, definition="") == Index("j", (IndexPart("d"),), method="gin", comment="words")
