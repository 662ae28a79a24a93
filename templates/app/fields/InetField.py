import ipaddress

from django.core.exceptions import ValidationError
from django.db import models


class InetField(models.Field):
    """An address of a host or of a network, as text: `10.0.0.1` or `10.0.0.0/8`."""

    def __init__(self, *args, column_type=None, **kwargs):
        self.column_type = column_type
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "column_type": self.column_type} if self.column_type else kwargs

    def get_internal_type(self):
        return "CharField"

    def db_type(self, connection):
        return self.column_type or "inet" if connection.vendor == "postgresql" else "varchar(50)"

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            ipaddress.ip_interface(value)
        except ValueError:
            raise ValidationError("“%(value)s” is not an address.", params={"value": value}) from None
        return str(value)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if value is None or hasattr(value, "resolve_expression") else str(value) or None
