"""Answers Django's introspection from sheets, one engine a file, each declaring `FEED`."""
