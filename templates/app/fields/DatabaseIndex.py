from django.db import models
from django.db.backends.ddl_references import Statement, Table
from django.db.models.expressions import RawSQL


class DatabaseIndex(models.Index):
    """An index in the database's own words: what follows the table's name in CREATE INDEX."""

    max_name_length = 63

    def __init__(self, *, definition, name, unique=False):
        self.definition = definition
        self.unique = unique
        super().__init__(RawSQL(definition, ()), name=name)

    def deconstruct(self):
        path, _, _ = super().deconstruct()
        kwargs = {"definition": self.definition, "name": self.name}
        return path, (), {**kwargs, "unique": True} if self.unique else kwargs

    def create_sql(self, model, schema_editor, using="", **kwargs):
        return Statement(
            f"CREATE {'UNIQUE ' if self.unique else ''}INDEX %(name)s ON %(table)s %(definition)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
            definition=self.definition,
        )
