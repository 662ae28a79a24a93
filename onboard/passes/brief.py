"""What a pass may know beside the class it rewrites: the table, what was decided, and the rest of the app."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from onboard.catalog.structure import Catalog, Column, ColumnType, Table, TableName, UserType
from onboard.decisions.decisions import Decisions, RelationDecision, TableDecision
from onboard.draft.sheet import column_labels
from onboard.passes.family import FieldType, settled_types
from onboard.passes.names_in_use import GivenNames, given_names
from onboard.passes.target import Target


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole app, looked up by name; one for all classes."""

    catalog: Catalog
    decisions: Decisions
    target: Target
    tables: Mapping[TableName, Table]
    decided: Mapping[TableName, TableDecision]
    types: Mapping[TableName, UserType]
    enum_classes: Mapping[TableName, str]
    names: GivenNames
    field_type: Callable[[ColumnType], FieldType]

    @property
    def app(self) -> str:
        """The label of the generated app, which is also its package."""
        return self.decisions.app


@dataclass(frozen=True, slots=True)
class Brief:
    """One table of the plan."""

    plan: Plan
    table: Table
    decision: TableDecision
    columns: Mapping[str, Column]
    fields: Mapping[str, str]  # column -> field name
    relations: Mapping[str, RelationDecision]  # column -> the relation of that one column
    flags: Mapping[str, tuple[str, str]]  # column -> what means true and what false in it, as a person accepted

    def attribute(self, column: str) -> str:
        """Return the attribute that holds the column's own value: `account_id` for a relation `account`."""
        return f"{self.fields[column]}_id" if column in self.relations else self.fields[column]


def plan_for(catalog: Catalog, decisions: Decisions, target: Target) -> Plan:
    """Index a catalogue and its decisions once for all classes."""
    tables = {table.name: table for table in catalog.tables}
    types = {type_.name: type_ for type_ in catalog.types}
    enum_classes = dict(decisions.enum_classes)
    return Plan(
        catalog,
        decisions,
        target,
        tables,
        {decision.table: decision for decision in decisions.tables},
        types,
        enum_classes,
        given_names(tables[decision.table] for decision in decisions.tables),
        settled_types(catalog.engine, decisions.app, target, types, enum_classes),
    )


def brief_for(plan: Plan, name: TableName) -> Brief:
    """Return what the passes know of one table."""
    table, decision = plan.tables[name], plan.decided[name]
    relations = {
        relation.columns[0]: relation
        for relation in decision.relations
        if len(relation.columns) == 1 and _is_sound(plan, table, relation)
    }
    key = decision.primary_key.columns if decision.primary_key is not None else ()
    return Brief(
        plan,
        table,
        decision,
        {column.name: column for column in table.columns},
        dict(decision.fields),
        relations,
        {name: (true, false) for name, true, false in decision.flags if name not in relations and name not in key},
    )


def composite_parents(brief: Brief) -> frozenset[str]:
    """Return the models that foreign keys of several columns refer to, by class name."""
    decided = brief.plan.decided
    composite = (relation for relation in brief.decision.relations if len(relation.columns) > 1)
    return frozenset(decided[relation.references].model for relation in composite if relation.references in decided)


def placeholders(table: Table) -> Mapping[str, str]:
    """Return which column each placeholder of the draft stands for."""
    return {label: column for column, label in column_labels(table).items()}


def _is_sound(plan: Plan, table: Table, relation: RelationDecision) -> bool:
    """Whether Django can hold the relation: what it points at is unique there, and it is not itself generated."""
    if relation.references not in plan.decided or table.column(relation.columns[0]).generated is not None:
        return False
    key = plan.decided[relation.references].primary_key
    if key is not None and key.columns == relation.referenced_columns:
        return True
    return relation.referenced_columns in total_uniques(plan.tables[relation.references])


def total_uniques(table: Table) -> tuple[tuple[str, ...], ...]:
    """Return the column sets that Django will know to be unique over every row."""
    indexes = (
        index.columns
        for index in table.indexes
        if index.is_unique and index.is_plain and index.is_valid and index.constraint is None
    )
    return (*(unique.columns for unique in table.uniques), *indexes)
