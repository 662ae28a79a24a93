"""Catalog + Proposals + the person's word -> Decisions: what will be generated, key by key and name by name."""
