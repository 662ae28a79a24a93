import datetime

from django.db import models
from django.db.models import functions, lookups
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
        # The column's own values have no zone; what a function such as TruncDay made of them has one.
        return value.replace(tzinfo=None) if isinstance(value, datetime.datetime) else value

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


class _AsItStands:
    """A part of a timestamp without time zone: Django would first move it from UTC to the current zone."""

    def get_tzname(self):
        return None


class _Year(_AsItStands, functions.ExtractYear):
    """The year, compared as a number: Django's own bounds of a year are those of the current zone."""


class _IsoYear(_AsItStands, functions.ExtractIsoYear):
    """The year that the week belongs to, compared as a number."""


for _year in (_Year, _IsoYear):
    NaiveDateTimeField.register_lookup(_year)
    for _lookup in (lookups.Exact, lookups.GreaterThan, lookups.GreaterThanOrEqual, lookups.LessThan):
        _year.register_lookup(_lookup)
    _year.register_lookup(lookups.LessThanOrEqual)
for _name in ["TruncDate", "TruncTime", "ExtractMonth", "ExtractDay", "ExtractWeek", "ExtractWeekDay", "ExtractIsoWeekDay"]:
    NaiveDateTimeField.register_lookup(type(_name, (_AsItStands, getattr(functions, _name)), {}))
for _name in ["ExtractQuarter", "ExtractHour", "ExtractMinute", "ExtractSecond"]:
    NaiveDateTimeField.register_lookup(type(_name, (_AsItStands, getattr(functions, _name)), {}))
