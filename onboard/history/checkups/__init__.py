"""One check-up a file; each declares `CHECKUP` and is collected."""
