from django.contrib.postgres.indexes import GistIndex


class LongNameGistIndex(GistIndex):
    """A GiST index of the database whose name is longer than Django gives its own."""

    max_name_length = 63
