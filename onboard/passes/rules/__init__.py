"""The passes, one a file, each declaring `PASS`."""
