from django.db import models


class TypedBinaryField(models.BinaryField):
    """Bytes in a domain of the database."""

    def __init__(self, *args, column_type, **kwargs):
        self.column_type = column_type
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "column_type": self.column_type}

    def db_type(self, connection):
        return self.column_type if connection.vendor == "postgresql" else super().db_type(connection)

    def from_db_value(self, value, expression, connection):
        # In an array of the domain, the driver hands over the text of each item.
        return bytes.fromhex(value.removeprefix("\\x")) if isinstance(value, str) else value
