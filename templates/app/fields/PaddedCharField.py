from django.db import models


class PaddedCharField(models.CharField):
    """Text in a char(n) column, without the blanks that the database pads it with."""

    def db_type(self, connection):
        return f"character({self.max_length})"

    def from_db_value(self, value, expression, connection):
        return value.rstrip(" ") if isinstance(value, str) else value
