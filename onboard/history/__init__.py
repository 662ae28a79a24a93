"""Adopt, reset, squash and doctor: the memory of a project mended, with proof."""
