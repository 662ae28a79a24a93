from django.contrib.postgres.indexes import BrinIndex


class LongNameBrinIndex(BrinIndex):
    """A BRIN index of the database whose name is longer than Django gives its own."""

    max_name_length = 63
