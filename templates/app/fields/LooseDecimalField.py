import decimal

from django.db import models


class LooseDecimalField(models.DecimalField):
    """A number in a column that does not limit its digits."""

    def check(self, **kwargs):
        # DecimalField insists on digits before Django 6.1.
        return models.Field.check(self, **kwargs)

    def get_internal_type(self):
        # Converters of DecimalField round to its digits, which are unknown.
        return "LooseDecimalField"

    def db_type(self, connection):
        return "numeric"

    def from_db_value(self, value, expression, connection):
        if value is None or isinstance(value, decimal.Decimal):
            return value
        try:
            return decimal.Decimal(str(value))
        except decimal.InvalidOperation:
            return value  # SQLite keeps text that is no number
