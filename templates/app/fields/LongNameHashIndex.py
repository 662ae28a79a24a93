from django.contrib.postgres.indexes import HashIndex


class LongNameHashIndex(HashIndex):
    """A hash index of the database whose name is longer than Django gives its own."""

    max_name_length = 63
