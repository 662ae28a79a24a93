from django.db import models


class DriverField(models.Field):
    """A value as the database driver reads and writes it."""

    def __init__(self, *args, column_type, **kwargs):
        self.column_type = column_type
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "column_type": self.column_type}

    def db_type(self, connection):
        return self.column_type if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value, compiler, connection):
        return f"%s::{self.column_type}" if connection.vendor == "postgresql" else "%s"

    def get_placeholder_sql(self, value, compiler, connection):
        # What Django 6.1 asks for in place of `get_placeholder`.
        if hasattr(value, "as_sql"):
            return compiler.compile(value)
        return self.get_placeholder(value, compiler, connection), (value,)
