from django.db import models


class TypedCharField(models.CharField):
    """Text of limited length in a type of the database's own, such as an enum or a domain."""

    def __init__(self, *args, column_type, **kwargs):
        self.column_type = column_type
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "column_type": self.column_type}

    def get_internal_type(self):
        # One that Django does not know, so that it inserts rows plainly instead of by arrays of the type.
        return "TypedCharField"

    def db_type(self, connection):
        return self.column_type if connection.vendor == "postgresql" else f"varchar({self.max_length})"
