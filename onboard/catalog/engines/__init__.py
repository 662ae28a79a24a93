"""One database engine a file, collected: the only code that opens a database beside the row probes."""
