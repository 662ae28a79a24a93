"""Catalog -> Proposals: keys nobody declared, each with evidence and confidence."""
