import decimal

from django.db import models


class TypedDecimalField(models.DecimalField):
    """A number of any size, or in a domain of the database: the digits are the database's to limit."""

    def __init__(self, *args, column_type, **kwargs):
        self.column_type = column_type
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "column_type": self.column_type}

    def check(self, **kwargs):
        # DecimalField insists on digits before Django 6.1.
        return models.Field.check(self, **kwargs)

    def get_internal_type(self):
        # Converters of DecimalField round to its digits, which may be unknown.
        return "TypedDecimalField"

    def db_type(self, connection):
        return self.column_type if connection.vendor == "postgresql" else "decimal"

    def from_db_value(self, value, expression, connection):
        return value if value is None or isinstance(value, decimal.Decimal) else decimal.Decimal(str(value))
