from onboard.catalog.snapshot import Selection
from onboard.catalog.structure import (
    Partition,
    TableKind,
    TableName,
)
from tests.catalog.engines.postgresql.scans import only_table, public, scan
from tests.conftest import NewDatabase


def test_hides_partitions_but_lists_them_with_their_bounds(new_database: NewDatabase) -> None:
    dsn = new_database(
        "create schema other",
        "create table p (id int, at date, primary key (id, at)) partition by range (at)",
        "create table p1 partition of p for values from ('2020-01-01') to ('2021-01-01') partition by list (id)",
        "create table other.p11 partition of p1 for values in (1, 2)",
        "create table p2 partition of p default",
        "create table r (id int, at date, foreign key (id, at) references p)",
        "insert into p select 1, '2020-05-05'::date + i from generate_series(1, 20) i",
        "insert into p select 3, '2023-05-05'::date + i from generate_series(1, 30) i",
        "analyze",
    )
    snapshot = scan(dsn)
    assert [table.name.name for table in snapshot.catalog.tables] == ["p", "r"]
    table = public(snapshot.catalog, "p")
    assert (table.kind, table.partition_key) == (TableKind.PARTITIONED, "RANGE (at)")
    assert table.partitions == (
        Partition(TableName("public", "p1"), "FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')", "LIST (id)"),
        Partition(TableName("public", "p2"), "DEFAULT"),
        Partition(TableName("other", "p11"), "FOR VALUES IN (1, 2)", None, TableName("public", "p1")),
    )
    assert len(public(snapshot.catalog, "r").foreign_keys) == 1
    assert dict(snapshot.row_estimates)[table.name] == 50
    shown = scan(dsn, Selection(partitions=True)).catalog
    assert [(one.name.name, one.kind) for one in shown.tables] == [
        ("p", TableKind.PARTITIONED),
        ("p1", TableKind.PARTITION),
        ("p2", TableKind.PARTITION),
        ("r", TableKind.TABLE),
    ]
    assert public(shown, "p2").parents == (TableName("public", "p"),)


def test_hides_partitions_made_by_inheritance(new_database: NewDatabase) -> None:
    dsn = new_database("create table a (x int)", "create table b (y int)", "create table b_2019 () inherits (a, b)")
    assert [table.name.name for table in scan(dsn).catalog.tables] == ["a", "b"]
    child = public(scan(dsn, Selection(partitions=True)).catalog, "b_2019")
    assert (child.kind, [parent.name for parent in child.parents]) == (TableKind.CHILD, ["a", "b"])


def test_other_inheritance_children_are_tables(new_database: NewDatabase) -> None:
    dsn = new_database(
        "create table note (id int)",
        "create table order_note () inherits (note)",
        "create table note_2 (more int) inherits (note)",
    )
    catalog = scan(dsn).catalog
    assert [table.name.name for table in catalog.tables] == ["note", "note_2", "order_note"]
    child = public(catalog, "order_note")
    assert (child.kind, [parent.name for parent in child.parents]) == (TableKind.TABLE, ["note"])


def test_names_triggers_rules_and_policies(new_database: NewDatabase) -> None:
    table = only_table(
        new_database(
            "create unlogged table t (id int references t, primary key (id))",
            "create function f() returns trigger language plpgsql as 'begin return new; end'",
            "create trigger zz before insert on t for each row execute function f()",
            "create trigger aa before insert on t for each row execute function f()",
            "create rule ru as on delete to t do instead nothing",
            "alter table t enable row level security",
            "create policy po on t using (true)",
            "comment on table t is 'the table'",
            "comment on column t.id is 'the key'",
        ).replace("references t,", "")
    )
    assert (table.triggers, table.rules, table.policies) == (("aa", "zz"), ("ru",), ("po",))
    assert (table.has_row_security, table.is_unlogged) == (True, True)
    assert (table.comment, table.columns[0].comment) == ("the table", "the key")
