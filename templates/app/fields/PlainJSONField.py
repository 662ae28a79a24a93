from django.db import models


class PlainJSONField(models.JSONField):
    """JSON in a json column, which the driver itself takes apart."""

    def db_type(self, connection):
        return "json" if connection.vendor == "postgresql" else super().db_type(connection)

    def from_db_value(self, value, expression, connection):
        return value if connection.vendor == "postgresql" else super().from_db_value(value, expression, connection)
