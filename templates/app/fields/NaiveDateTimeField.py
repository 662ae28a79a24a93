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


for _part in (
    functions.ExtractDay,
    functions.ExtractHour,
    functions.ExtractIsoWeekDay,
    functions.ExtractIsoYear,
    functions.ExtractMinute,
    functions.ExtractMonth,
    functions.ExtractQuarter,
    functions.ExtractSecond,
    functions.ExtractWeek,
    functions.ExtractWeekDay,
    functions.ExtractYear,
    functions.TruncDate,
    functions.TruncTime,
):
    _part = type(_part.__name__, (_AsItStands, _part), {})
    NaiveDateTimeField.register_lookup(_part)
    if _part.lookup_name in ("year", "iso_year"):
        # Compared as numbers: the bounds of a year that Django would compare with are those of the current zone.
        _part.register_lookup(lookups.Exact)
        _part.register_lookup(lookups.GreaterThan)
        _part.register_lookup(lookups.GreaterThanOrEqual)
        _part.register_lookup(lookups.LessThan)
        _part.register_lookup(lookups.LessThanOrEqual)
