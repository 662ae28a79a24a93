from django.contrib.postgres.indexes import SpGistIndex


class LongNameSpGistIndex(SpGistIndex):
    """An SP-GiST index of the database whose name is longer than Django gives its own."""

    max_name_length = 63
