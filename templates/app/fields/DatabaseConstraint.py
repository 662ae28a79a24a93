from django.db import models
from django.db.backends.ddl_references import Statement, Table


class DatabaseConstraint(models.BaseConstraint):
    """A constraint in the database's own words, which it alone checks: `CHECK ((price > 0))`.

    Another kind of database than the one whose words they are does without it.
    """

    def __init__(self, *, definition, name, vendor="postgresql"):
        self.definition = definition
        self.vendor = vendor
        super().__init__(name=name)

    def __eq__(self, other):
        if isinstance(other, DatabaseConstraint):
            return (self.definition, self.name) == (other.definition, other.name)
        return NotImplemented

    __hash__ = None

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        kwargs["definition"] = self.definition
        return path, args, kwargs if self.vendor == "postgresql" else {**kwargs, "vendor": self.vendor}

    def check(self, model, connection):
        return []

    # Django 5.2 asks for it by this name.
    _check = check

    def validate(self, model, instance, exclude=None, using="default"):
        """Leave it to the database, which says it in words that Django does not read."""

    def constraint_sql(self, model, schema_editor):
        if schema_editor.connection.vendor != self.vendor:
            return None
        if self.vendor == "sqlite":
            return f"CONSTRAINT {schema_editor.quote_name(self.name)} {self.definition}"
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return None

    def create_sql(self, model, schema_editor):
        return self._statement(model, schema_editor, "ADD CONSTRAINT %(name)s %(definition)s")

    def remove_sql(self, model, schema_editor):
        return self._statement(model, schema_editor, "DROP CONSTRAINT %(name)s")

    def _statement(self, model, schema_editor, action):
        if schema_editor.connection.vendor != self.vendor:
            return None
        return Statement(
            f"ALTER TABLE %(table)s {action}",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
            definition=self.definition,
        )
