"""Catalog + Decisions -> source: Django's own inspectdb, run over placeholders."""
