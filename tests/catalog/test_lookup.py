from onboard.catalog.lookup import by_name, columns_by_name, sequences_by_name, types_by_name
from onboard.catalog.structure import (
    Catalog,
    Column,
    ColumnType,
    Sequence,
    Table,
    TableKind,
    TableName,
    TypeKind,
    UserType,
)

NAME = TableName("public", "orders")


def test_finds_everything_by_its_name() -> None:
    column = Column("id", ColumnType("pg_catalog", "int4", "integer"), is_nullable=False)
    table = Table(NAME, TableKind.TABLE, (column,))
    sequence, type_ = Sequence(NAME), UserType(NAME, TypeKind.ENUM)
    catalog = Catalog("postgresql", "15", ("public",), (table,), types=(type_,), sequences=(sequence,))
    assert by_name(catalog) == {NAME: table}
    assert types_by_name(catalog) == {NAME: type_}
    assert sequences_by_name(catalog) == {NAME: sequence}
    assert columns_by_name(table) == {"id": column}
