from django.db import models


class FlagField(models.BooleanField):
    """Yes or no, which the column says in two values of its own, such as Y and N."""

    def __init__(self, *args, true, false, column_type, **kwargs):
        self.true, self.false, self.column_type = true, false, column_type
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "true": self.true, "false": self.false, "column_type": self.column_type}

    def get_internal_type(self):
        # One that Django does not know, so that it takes the column for no boolean.
        return "FlagField"

    def db_type(self, connection):
        return self.column_type

    def from_db_value(self, value, expression, connection):
        text = value.rstrip(" ") if isinstance(value, str) else value
        # A third value is handed on as it stands, so that saving the row changes nothing.
        return {self.true: True, self.false: False}.get(text, value)

    def to_python(self, value):
        if isinstance(value, str) and value in (self.true, self.false):
            return value == self.true
        return super().to_python(value)

    def get_prep_value(self, value):
        value = models.Field.get_prep_value(self, value)
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return {True: self.true, False: self.false}.get(value, value)
