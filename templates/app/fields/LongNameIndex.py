from django.db import models


class LongNameIndex(models.Index):
    """An index of the database whose name is longer than Django gives its own."""

    max_name_length = 63
