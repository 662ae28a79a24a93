from django.db import models


class TypedTimeField(models.TimeField):
    """A time with a time zone, with fewer digits, or in a domain of the database."""

    def __init__(self, *args, column_type, **kwargs):
        self.column_type = column_type
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "column_type": self.column_type}

    def db_type(self, connection):
        return self.column_type if connection.vendor == "postgresql" else super().db_type(connection)
