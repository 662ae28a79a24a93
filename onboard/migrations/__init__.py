"""Catalog + models -> migrations: baseline, state sync, promotion, constraints."""
