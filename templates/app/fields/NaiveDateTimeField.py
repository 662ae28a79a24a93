import datetime

from django.db import models
from django.utils import timezone


class NaiveDateTimeField(models.DateTimeField):
    """A timestamp without time zone: read and written as it stands, whatever USE_TZ says."""

    def __init__(self, *args, column_type="timestamp without time zone", **kwargs):
        self.column_type = column_type
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.column_type != "timestamp without time zone":
            kwargs["column_type"] = self.column_type
        return name, path, args, kwargs

    def db_type(self, connection):
        return self.column_type if connection.vendor == "postgresql" else super().db_type(connection)

    def from_db_value(self, value, expression, connection):
        return self._naive(value)

    def to_python(self, value):
        return self._naive(models.Field.to_python(self, value) if value is None else super().to_python(value))

    def pre_save(self, model_instance, add):
        return self._naive(super().pre_save(model_instance, add))

    def get_prep_value(self, value):
        # DateTimeField warns of naive values and makes them aware.
        if hasattr(value, "resolve_expression"):
            return value
        return self.to_python(models.Field.get_prep_value(self, value))

    def _naive(self, value):
        is_aware = isinstance(value, datetime.datetime) and timezone.is_aware(value)
        return timezone.make_naive(value) if is_aware else value
