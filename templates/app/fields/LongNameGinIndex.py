from django.contrib.postgres.indexes import GinIndex


class LongNameGinIndex(GinIndex):
    """A GIN index of the database whose name is longer than Django gives its own."""

    max_name_length = 63
