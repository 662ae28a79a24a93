"""Bring a database that Django did not make under Django, table by table."""

__version__ = "0.1.0"
