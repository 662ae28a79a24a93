from django.db import models


class PaddedCharField(models.CharField):
    """Text in a char(n) column, or in a domain over one, without the blanks that the database pads it with."""

    def __init__(self, *args, column_type=None, **kwargs):
        self.column_type = column_type
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "column_type": self.column_type} if self.column_type else kwargs

    def get_internal_type(self):
        # One that Django does not know, so that it inserts rows plainly instead of by arrays of char(1).
        return "PaddedCharField"

    def db_type(self, connection):
        own_type = self.column_type if connection.vendor == "postgresql" else None
        return own_type or f"character({self.max_length})"

    def from_db_value(self, value, expression, connection):
        return value.rstrip(" ") if isinstance(value, str) else value
