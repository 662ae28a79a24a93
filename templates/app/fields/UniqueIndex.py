from django.db import models


class UniqueIndex(models.UniqueConstraint):
    """Unique columns that the database holds by an index of that name, not by a constraint."""

    def constraint_sql(self, model, schema_editor):
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return None

    def create_sql(self, model, schema_editor):
        fields = [model._meta.get_field(name) for name in self.fields]
        nulls = " NULLS NOT DISTINCT" if self.nulls_distinct is False else ""
        sql = f"CREATE UNIQUE INDEX %(name)s ON %(table)s (%(columns)s){nulls}"
        return schema_editor._create_index_sql(model, fields=fields, name=self.name, sql=sql)

    def remove_sql(self, model, schema_editor):
        return schema_editor._delete_index_sql(model, self.name)
