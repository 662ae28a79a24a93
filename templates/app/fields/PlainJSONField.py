from django.db import models


class PlainJSONField(models.JSONField):
    """JSON in a json column, which the driver itself takes apart."""

    def __init__(self, *args, column_type=None, **kwargs):
        self.column_type = column_type
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "column_type": self.column_type} if self.column_type else kwargs

    def db_type(self, connection):
        return self.column_type or "json" if connection.vendor == "postgresql" else super().db_type(connection)

    def from_db_value(self, value, expression, connection):
        return value if connection.vendor == "postgresql" else super().from_db_value(value, expression, connection)
