"""Column types -> Django fields, one family a file, each declaring `FAMILY`."""
