from django.contrib.postgres.fields import DateTimeRangeField


class NaiveDateTimeRangeField(DateTimeRangeField):
    """A range of timestamps without time zone, read and written as they stand."""

    def db_type(self, connection):
        return "tsrange"

    def get_db_prep_value(self, value, connection, prepared=False):
        value = super().get_db_prep_value(value, connection, prepared)
        if not hasattr(value, "isempty"):
            return value
        if value.isempty:
            return "empty"
        # Given the range itself, the driver would write one of timestamps with time zone.
        start, end = ("" if bound is None else f'"{bound.isoformat(" ")}"' for bound in (value.lower, value.upper))
        return f"{'[' if value.lower_inc else '('}{start},{end}{']' if value.upper_inc else ')'}"
