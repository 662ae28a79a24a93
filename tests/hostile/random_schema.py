"""A seed -> a random schema of hostile names and all kinds of keys, with two rows in every table.

A value depends on its type and the number of its row alone, so that foreign keys hold whatever they refer to.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.hostile.names import hostile_name, hostile_text

# type in SQL -> the literals of its rows
_VALUES = {
    "integer": ("1", "2"),
    "bigint": ("1", "2"),
    "smallint": ("1", "2"),
    "text": ("'a1'", "'a2'"),
    "varchar(20)": ("'a1'", "'a2'"),
    "char(3)": ("'a1 '", "'a2 '"),
    "numeric(10,2)": ("1.00", "2.00"),
    "numeric": ("1", "2"),
    "boolean": ("true", "false"),
    "date": ("'2001-01-01'", "'2002-02-02'"),
    "timestamp": ("'2001-01-01 00:00'", "'2002-02-02 00:00'"),
    "timestamptz": ("'2001-01-01 00:00Z'", "'2002-02-02 00:00Z'"),
    "time": ("'01:00'", "'02:00'"),
    "interval": ("'1 day'", "'2 days'"),
    "uuid": ("'00000000-0000-0000-0000-000000000001'", "'00000000-0000-0000-0000-000000000002'"),
    "jsonb": ("'[1]'", "'[2]'"),
    "bytea": ("'\\x01'", "'\\x02'"),
    "double precision": ("1.5", "2.5"),
    "inet": ("'10.0.0.1'", "'10.0.0.2'"),
    "text[]": ("'{a}'", "'{b}'"),
    "integer[]": ("'{1}'", "'{2}'"),
    "int4range": ("'[1,2)'", "'[2,3)'"),
}
_KEYABLE = ("integer", "bigint", "smallint", "text", "varchar(20)", "uuid", "date")
_TEXTS = ("text", "varchar(20)")


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "''")
    return f"E'{escaped}'"


@dataclass
class RandomColumn:
    name: str
    type: str
    values: tuple[str, ...]
    tail: str = ""
    is_written: bool = True  # by an insert


@dataclass
class RandomTable:
    schema: str
    name: str
    columns: list[RandomColumn] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    keys: list[tuple[str, ...]] = field(default_factory=list)  # what a foreign key may refer to

    @property
    def sql(self) -> str:
        return f"{quoted(self.schema)}.{quoted(self.name)}"

    def typed(self, names: tuple[str, ...]) -> tuple[str, ...]:
        types = {column.name: column.type for column in self.columns}
        return tuple(types[name] for name in names)


class RandomSchema:
    """The schema of one seed."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self._relations: dict[str, set[str]] = {}
        self._types: dict[str, tuple[str, ...]] = dict(_VALUES)
        self._before: list[str] = []
        self.schemas: tuple[str, ...] = ("public", *self._new_schemas())
        self.tables: list[RandomTable] = []
        self._make_types()
        for _ in range(self._rng.randint(1, 7)):
            self.tables.append(self._table())

    def statements(self) -> Iterator[str]:
        yield from self._before
        for table in self.tables:
            lines = [f"{quoted(one.name)} {one.type}{one.tail}" for one in table.columns]
            yield f"create table {table.sql} ({', '.join([*lines, *table.clauses])})"
        for table in self.tables:
            yield from table.after
        for table in self.tables:
            written = [column for column in table.columns if column.is_written]
            for row in range(2 if written else 0):
                names = ", ".join(quoted(column.name) for column in written)
                values = ", ".join(column.values[row] for column in written)
                yield f"insert into {table.sql} ({names}) values ({values})"

    def _new_schemas(self) -> list[str]:
        found: list[str] = []
        for _ in range(self._rng.choice((0, 0, 0, 1, 2))):
            name = hostile_name(self._rng, {"public", "main", *found})
            self._before.append(f"create schema {quoted(name)}")
            found.append(name)
        return found

    def _taken(self, schema: str) -> set[str]:
        return self._relations.setdefault(schema, set())

    def _named(self, schema: str) -> str:
        name = hostile_name(self._rng, self._taken(schema))
        self._taken(schema).add(name)
        return name

    def _make_types(self) -> None:
        rng = self._rng
        for _ in range(rng.choice((0, 1, 2))):
            schema = rng.choice(self.schemas)
            name = f"{quoted(schema)}.{quoted(self._named(schema))}"
            labels: list[str] = []
            for _ in range(rng.randint(2, 5)):
                labels.append(hostile_name(rng, labels))
            self._before.append(f"create type {name} as enum ({', '.join(map(text, labels))})")
            self._types[name] = (text(labels[0]), text(labels[1]))
        if rng.random() < 0.4:
            schema = rng.choice(self.schemas)
            name = f"{quoted(schema)}.{quoted(self._named(schema))}"
            check = f"constraint {quoted(hostile_name(rng, ()))} check (value <> {text(hostile_text(rng) + '!')})"
            self._before.append(f"create domain {name} as text default {text(hostile_text(rng))} {check}")
            self._types[name] = self._types["text"]

    def _table(self) -> RandomTable:
        schema = self._rng.choice(self.schemas)
        table = RandomTable(schema, self._named(schema))
        for _ in range(self._rng.choice((0, 1, 2, 3, 4, 5, 6, 8))):
            table.columns.append(self._column(table))
        self._key(table)
        self._uniques(table)
        self._checks(table)
        self._comments(table)
        for _ in range(self._rng.choice((0, 0, 1, 1, 2))):
            self._foreign_key(table)
        return table

    def _column(self, table: RandomTable, type_: str | None = None) -> RandomColumn:
        rng = self._rng
        taken = {column.name for column in table.columns} | _SYSTEM_COLUMNS
        type_ = type_ or rng.choice(tuple(self._types))
        column = RandomColumn(hostile_name(rng, taken), type_, self._types[type_])
        if type_ in _TEXTS and rng.random() < 0.4:
            column.tail = f" default {text(hostile_text(rng)[:15])}"
        elif type_ == "integer" and rng.random() < 0.2:
            column.tail = f" generated {rng.choice(('always', 'by default'))} as identity"
            column.is_written = False
        elif type_ == "text" and rng.random() < 0.1:
            column.tail = f" generated always as ({text(hostile_text(rng))}) stored"
            column.is_written = False
        elif type_ == "text" and rng.random() < 0.1:
            column.tail = ' collate "C"'
        if rng.random() < 0.3 and "generated" not in column.tail:
            column.tail += " not null"
        return column

    def _constraint(self, table: RandomTable) -> str:
        return quoted(self._named(table.schema))

    def _key(self, table: RandomTable) -> None:
        able = [one for one in table.columns if one.type in _KEYABLE and "stored" not in one.tail]
        if not able or self._rng.random() < 0.2:
            return
        chosen = self._rng.sample(able, min(len(able), self._rng.choice((1, 1, 1, 2, 3))))
        names = tuple(one.name for one in chosen)
        table.clauses.append(f"constraint {self._constraint(table)} primary key ({_list(names)})")
        table.keys.append(names)

    def _uniques(self, table: RandomTable) -> None:
        rng = self._rng
        able = [one for one in table.columns if one.type in _KEYABLE and "stored" not in one.tail]
        if able and rng.random() < 0.4:
            names = tuple(one.name for one in rng.sample(able, min(len(able), rng.choice((1, 2)))))
            table.clauses.append(f"constraint {self._constraint(table)} unique ({_list(names)})")
            if names not in table.keys:
                table.keys.append(names)
        texts = [one for one in table.columns if one.type in _TEXTS and "stored" not in one.tail]
        if texts and rng.random() < 0.5:
            name, column = self._constraint(table), quoted(rng.choice(texts).name)
            part = rng.choice(
                (column, f"lower({column})", f"({column} || {text(hostile_text(rng)[:40])})", f"{column} desc")
            )
            where = rng.choice(("", "", f" where {column} <> {text(hostile_text(rng)[:40])}"))
            unique = rng.choice(("", "unique "))
            table.after.append(f"create {unique}index {name} on {table.sql} ({part}){where}")
            table.after.append(f"comment on index {quoted(table.schema)}.{name} is {text(hostile_text(rng))}")

    def _checks(self, table: RandomTable) -> None:
        rng = self._rng
        texts = [one for one in table.columns if one.type in _TEXTS and one.is_written]
        if texts and rng.random() < 0.5:
            column = quoted(rng.choice(texts).name)
            said = rng.choice(
                (
                    f"{column} <> {text(hostile_text(rng) + '!')}",
                    f"length({column}) >= 0",
                    f"{column} in ('a1', 'a2', {text(hostile_text(rng))})",
                    f"{column} ~ {text('^a')}",
                    f"{column} not like {text('%' + hostile_text(rng)[:10].replace(chr(92), '') + '!')}",
                )
            )
            table.clauses.append(f"constraint {self._constraint(table)} check ({said})")

    def _comments(self, table: RandomTable) -> None:
        rng = self._rng
        if rng.random() < 0.5:
            table.after.append(f"comment on table {table.sql} is {text(hostile_text(rng))}")
        for column in table.columns:
            if rng.random() < 0.3:
                table.after.append(f"comment on column {table.sql}.{quoted(column.name)} is {text(hostile_text(rng))}")

    def _foreign_key(self, table: RandomTable) -> None:
        rng = self._rng
        targets = [(one, key) for one in (*self.tables, table) for key in one.keys]
        if not targets:
            return
        target, key = rng.choice(targets)
        names = []
        for type_ in target.typed(key):
            able = [one for one in table.columns if one.type == type_ and one.is_written and one.name not in names]
            if not able or rng.random() < 0.6:
                column = self._column(table, type_)
                column.tail, column.is_written = "", True
                table.columns.append(column)
                able = [column]
            names.append(rng.choice(able).name)
        action = rng.choice(("", "", " on delete cascade", " on delete set null", " on update cascade", " deferrable"))
        table.after.append(
            f"alter table {table.sql} add constraint {self._constraint(table)} foreign key ({_list(tuple(names))}) "
            f"references {target.sql} ({_list(key)}){action}"
        )


# Columns that every table has already; PostgreSQL refuses them.
_SYSTEM_COLUMNS = {"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"}


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(map(quoted, names))
