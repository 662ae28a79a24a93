"""Catalog -> the statements that rebuild it on the engine that was scanned, one kind of object a module."""
