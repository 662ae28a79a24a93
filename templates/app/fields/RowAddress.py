from django.core.exceptions import ValidationError
from django.db import NotSupportedError, models
from django.db.models.signals import pre_delete


class RowAddress(models.Field):
    """Where a row lies: it tells the rows of a table without a key apart, until the row is next written."""

    # As for a generated column, Django reads it and never writes it.
    generated = True
    db_returning = True
    expression = models.Value(None)
    referenced_fields = frozenset()

    def __init__(self, *args, **kwargs):
        kwargs["editable"] = False
        kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"], kwargs["blank"]
        return name, path, args, kwargs

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract:
            pre_delete.connect(self._refuse, sender=cls, weak=False, dispatch_uid=f"{cls._meta.label}.{name}")

    def db_type(self, connection):
        # It is no column of the table: CREATE TABLE leaves it out.
        return None

    def to_python(self, value):
        if value is None or isinstance(value, (str, int)):
            return value
        raise ValidationError("“%(value)s” is no row address.", params={"value": value})

    @staticmethod
    def _refuse(sender, **kwargs):
        raise NotSupportedError(f"Rows of “{sender._meta.db_table}” have no key, so that none can be deleted safely.")
