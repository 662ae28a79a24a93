from django.db import models


class AnyField(models.Field):
    """A value of whatever type its row holds: the column declares none."""

    def db_type(self, connection):
        return "" if connection.vendor == "sqlite" else "text"
