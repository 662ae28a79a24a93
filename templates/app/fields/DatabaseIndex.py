from django.db import models
from django.db.backends.ddl_references import Statement, Table
from django.db.models.expressions import RawSQL


class DatabaseIndex(models.Index):
    """An index in the database's own words: what follows the table's name in CREATE INDEX.

    Another kind of database than the one whose words they are does without it.
    """

    max_name_length = 63

    def __init__(self, *, definition, name, unique=False, vendor="postgresql"):
        self.definition = definition
        self.unique = unique
        self.vendor = vendor
        super().__init__(RawSQL(definition, ()), name=name)

    def deconstruct(self):
        path, _, _ = super().deconstruct()
        kwargs = {"definition": self.definition, "name": self.name}
        if self.unique:
            kwargs["unique"] = True
        if self.vendor != "postgresql":
            kwargs["vendor"] = self.vendor
        return path, (), kwargs

    def remove_sql(self, model, schema_editor, **kwargs):
        if schema_editor.connection.vendor != self.vendor:
            return Statement("SELECT 1")
        return super().remove_sql(model, schema_editor, **kwargs)

    def create_sql(self, model, schema_editor, using="", **kwargs):
        if schema_editor.connection.vendor != self.vendor:
            return Statement("SELECT 1")  # Django runs whatever is given to it
        return Statement(
            f"CREATE {'UNIQUE ' if self.unique else ''}INDEX %(name)s ON %(table)s %(definition)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
            definition=self.definition,
        )
