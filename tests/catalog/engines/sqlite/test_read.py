"""What a real SQLite file becomes."""

import sqlite3
import stat
from pathlib import Path

import pytest

from onboard.catalog.canonical import from_json, to_json
from onboard.catalog.dsn import Dsn, parse_dsn
from onboard.catalog.lookup import by_name, columns_by_name
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection, Snapshot
from onboard.catalog.structure import ForeignKey, IndexPart, Table, TableKind, TableName
from onboard.errors import BadInput, NothingDone


def made(folder: Path, *statements: str) -> Dsn:
    path = folder / "legacy db?#%.sqlite"
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return Dsn("sqlite", (("path", str(path)),))


def scan(dsn: Dsn, selection: Selection | None = None) -> Snapshot:
    snapshot = read_snapshot(dsn, selection or Selection())
    assert from_json(to_json(snapshot.catalog)) == snapshot.catalog
    return snapshot


def only_table(folder: Path, *statements: str) -> Table:
    (table,) = scan(made(folder, *statements)).catalog.tables
    return table


def test_an_empty_file_has_no_tables(tmp_path: Path) -> None:
    catalog = scan(made(tmp_path)).catalog
    assert (catalog.engine, catalog.schemas, catalog.tables) == ("sqlite", ("main",), ())


def test_an_integer_primary_key_is_the_rowid_and_never_null(tmp_path: Path) -> None:
    column = only_table(tmp_path, "create table t (id integer primary key)").columns[0]
    assert (column.is_nullable, column.identity) == (False, "by default")


@pytest.mark.parametrize("declared", ["int primary key", "integer primary key desc", "text primary key"])
def test_any_other_key_draws_no_numbers(tmp_path: Path, declared: str) -> None:
    table = only_table(tmp_path, f"create table t (id {declared})")
    assert table.columns[0].identity == ""
    assert table.primary_key is not None
    assert table.indexes[0].constraint == "sqlite_autoindex_t_1"


def test_reads_declared_types(tmp_path: Path) -> None:
    table = only_table(
        tmp_path,
        "create table t (a VARCHAR(30), b decimal(10, 2), c, d unsigned big int, e numeric(5),"
        ' f "odd type", g NVARCHAR ( 7 ))',
    )
    assert [(c.type.name, c.type.max_length, c.type.precision, c.type.scale) for c in table.columns] == [
        ("varchar", 30, None, None),
        ("decimal", None, 10, 2),
        ("", None, None, None),
        ("unsigned big int", None, None, None),
        ("numeric", None, 5, 0),
        ("odd type", None, None, None),
        ("nvarchar", 7, None, None),
    ]
    assert table.columns[0].type.sql == "VARCHAR(30)"


def test_reads_generated_columns_past_strings_and_comments(tmp_path: Path) -> None:
    table = only_table(
        tmp_path,
        "create table t (a text default '),(', -- ) as (\n"
        " b text generated always as (a || ',)' /* ) */ || 'it''s') stored not null,\n"
        " c text as (upper(a)) virtual collate nocase)",
    )
    columns = columns_by_name(table)
    assert columns["a"].default == "'),('"
    assert columns["b"].generated == "a || ',)' /* ) */ || 'it''s'"
    assert (columns["b"].is_stored, columns["b"].is_nullable, columns["b"].default) == (True, False, None)
    assert (columns["c"].generated, columns["c"].is_stored, columns["c"].collation) == ("upper(a)", False, "nocase")


def test_reads_constraints_with_and_without_names_or_commas(tmp_path: Path) -> None:
    table = only_table(
        tmp_path,
        'create table t (a int constraint nn not null constraint "pos it" check (a > 0) unique,'
        " b int, c int references t deferrable initially deferred not null unique,"
        " constraint pk primary key (b, a desc)"
        " constraint u1 unique (c, b) on conflict ignore unique (b, c) check (b <> ')')"
        " constraint fk foreign key (a, b) references T (c, b) on delete set null on update cascade match full)",
    )
    assert table.primary_key is not None
    assert (table.primary_key.name, table.primary_key.columns) == ("pk", ("b", "a"))
    assert [(key.name, key.columns) for key in table.uniques] == [
        ("", ("a",)),
        ("", ("b", "c")),
        ("", ("c",)),
        ("u1", ("c", "b")),
    ]
    assert [(check.name, check.expression, check.columns) for check in table.checks] == [
        ("", "b <> ')'", ("b",)),
        ("pos it", "a > 0", ("a",)),
    ]
    own = TableName("main", "t")
    assert table.foreign_keys == (
        ForeignKey("fk", ("a", "b"), own, ("c", "b"), on_delete="set null", on_update="cascade"),
    )


def test_resolves_implicit_targets_to_the_primary_key(tmp_path: Path) -> None:
    catalog = scan(
        made(
            tmp_path,
            "create table Parent (X int, Y int, primary key (Y, X))",
            "create table solo (id integer primary key, up references solo on delete cascade)",
            "create table child (a int, b int, s references SOLO, foreign key (A, b) references parent)",
        )
    ).catalog
    tables = by_name(catalog)
    assert tables[TableName("main", "solo")].foreign_keys[0].referenced_columns == ("id",)
    to_parent, to_solo = tables[TableName("main", "child")].foreign_keys
    assert to_parent == ForeignKey("", ("a", "b"), TableName("main", "Parent"), ("Y", "X"))
    assert to_solo.references == TableName("main", "solo")


def test_tells_apart_two_foreign_keys_over_the_same_column(tmp_path: Path) -> None:
    catalog = scan(
        made(
            tmp_path,
            "create table a (id integer primary key)",
            "create table b (id integer primary key)",
            "create table c (x constraint one references a deferrable initially deferred constraint two references b)",
        )
    ).catalog
    one, two = by_name(catalog)[TableName("main", "c")].foreign_keys
    assert (one.name, one.references.name, one.is_deferrable, one.is_initially_deferred) == ("one", "a", True, True)
    assert (two.name, two.references.name, two.is_deferrable) == ("two", "b", False)


def test_reads_strict_and_without_rowid(tmp_path: Path) -> None:
    table = only_table(tmp_path, "create table t (k text primary key, v any) strict, without rowid")
    assert (table.is_strict, table.is_without_rowid) == (True, True)
    assert not table.columns[0].is_nullable


def test_reads_expression_and_partial_indexes(tmp_path: Path) -> None:
    table = only_table(
        tmp_path,
        "create table t (a text, b text collate nocase, c int)",
        "create unique index i on t (lower(a) collate rtrim desc, b, b collate binary, c desc, a || ',')"
        " where c > 3 and a <> 'x -- y' -- done",
        "create index j on t(c)",
    )
    i, j = table.indexes
    assert i.parts == (
        IndexPart(None, "lower(a)", collation="rtrim", is_descending=True, nulls_first=True),
        IndexPart("b"),
        IndexPart("b", collation="binary"),
        IndexPart("c", is_descending=True, nulls_first=True),
        IndexPart(None, "a || ','"),
    )
    assert (i.is_unique, i.predicate, i.constraint) == (True, "c > 3 and a <> 'x -- y'", None)
    assert (j.is_unique, j.predicate, j.columns, j.definition) == (False, None, ("c",), "CREATE INDEX j on t(c)")


def test_reads_views_and_what_they_stand_on(tmp_path: Path) -> None:
    dsn = made(
        tmp_path,
        "create table t (id integer primary key, n text)",
        "create view v as select t.id, upper(n) as up from t",
        'create view w as select v.up from v join "T" as other on other.id = v.id',
        "create table gone (x int)",
        "create view broken as select x from gone",
        "drop table gone",
        "create trigger tr after insert on t begin select 1; end",
    )
    assert [table.name.name for table in scan(dsn).catalog.tables] == ["t"]
    catalog = scan(dsn, Selection(views=True)).catalog
    t, v, w = catalog.tables
    assert t.triggers == ("tr",)
    assert (v.kind, [column.name for column in v.columns]) == (TableKind.VIEW, ["id", "up"])
    assert [name.name for name in w.depends_on] == ["t", "v"]
    assert [(one.name.name, "does not work" in one.reason) for one in catalog.left_out] == [("broken", True)]


def test_leaves_virtual_tables_and_their_shadows_out(tmp_path: Path) -> None:
    try:
        dsn = made(tmp_path, "create table t (i int)", "create virtual table words using fts5(x)")
    except sqlite3.OperationalError:
        pytest.skip("this SQLite has no fts5")
    catalog = scan(dsn).catalog
    assert [table.name.name for table in catalog.tables] == ["t"]
    assert {one.reason for one in catalog.left_out} == {"is a virtual table", "belongs to a virtual table"}


def test_takes_estimates_from_analyze(tmp_path: Path) -> None:
    dsn = made(
        tmp_path,
        "create table t (i int primary key)",
        "create table u (i int)",
        "insert into t values (1), (2), (3)",
        "analyze t",
    )
    assert scan(dsn).row_estimates == ((TableName("main", "t"), 3),)


def test_hostile_names_arrive_as_they_are(tmp_path: Path) -> None:
    names = ['se"lect', "per%cent %s", "new\nline", "snö☃", "select", "a.b", "it's", "[x]", "`y`", "x)y(", "--z"]
    quoted = [name.replace('"', '""') for name in names]
    dsn = made(
        tmp_path,
        *(
            f'create table "{name}" ("{name}" int constraint "{name}" primary key, "g{name}" int as ("{name}" + 1),'
            f' "x{name}" int references "{name}", check ("{name}" > 0))'
            for name in quoted
        ),
    )
    catalog = scan(dsn).catalog
    assert {table.name.name for table in catalog.tables} == set(names)
    for table in catalog.tables:
        name = table.name.name
        assert table.primary_key is not None
        assert (table.primary_key.name, table.primary_key.columns) == (name, (name,))
        assert table.foreign_keys[0].referenced_columns == (name,)
        assert table.columns[1].generated is not None
        assert table.checks[0].columns == (name,)


def test_names_what_is_not_utf8_and_reads_the_rest(tmp_path: Path) -> None:
    dsn = made(tmp_path, "create table plain (i int)", "create table xxxx (i int)")
    path = Path(dsn.get("path"))
    path.write_bytes(path.read_bytes().replace(b"xxxx", b"caf\xe9"))
    catalog = scan(dsn).catalog
    assert [table.name.name for table in catalog.tables] == ["plain"]
    assert [one.name.name for one in catalog.left_out] == ["caf\\xe9"]


def test_the_same_schema_gives_the_same_bytes(tmp_path: Path) -> None:
    statements = ("create table a (i int unique)", "create table b (i int)", "create index z on b (i)")
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    first = scan(made(tmp_path / "1", *statements)).catalog
    second = scan(made(tmp_path / "2", statements[1], statements[2], statements[0])).catalog
    assert to_json(first) == to_json(second)


def test_globs_choose_tables_and_main_is_the_only_schema(tmp_path: Path) -> None:
    dsn = made(tmp_path, "create table aa (i int)", "create table ab (i int)", "create table b (i int)")
    chosen = scan(dsn, Selection(schemas=("main",), tables=("main.a*",), exclude=("ab",))).catalog
    assert [table.name.name for table in chosen.tables] == ["aa"]
    with pytest.raises(BadInput, match="`public`"):
        scan(dsn, Selection(schemas=("public",)))


def test_a_missing_file_is_nothing_done_and_not_created(tmp_path: Path) -> None:
    with pytest.raises(NothingDone, match="no such file"):
        scan(parse_dsn(f"sqlite:///{tmp_path}/missing.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_kind_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("id,name\n1,a\n")
    with pytest.raises(BadInput, match="not a SQLite database"):
        scan(parse_dsn(f"sqlite:///{tmp_path}/x.db"))
    with pytest.raises(BadInput, match="folder"):
        scan(parse_dsn(f"sqlite:///{tmp_path}"))


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    dsn = made(tmp_path, *(f"create table t{i} (i int)" for i in range(100)))
    path = Path(dsn.get("path"))
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 8192)
    with pytest.raises((NothingDone, BadInput), match=r"cannot be read|not a SQLite"):
        scan(dsn)


def test_reading_changes_nothing(tmp_path: Path) -> None:
    dsn = made(tmp_path, "create table t (i int)", "insert into t values (1)")
    path = Path(dsn.get("path"))
    path.chmod(stat.S_IRUSR)
    before = (path.read_bytes(), sorted(tmp_path.iterdir()))
    scan(dsn, Selection(views=True))
    assert (path.read_bytes(), sorted(tmp_path.iterdir())) == before
