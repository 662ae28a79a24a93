"""One observation about a possible key a file, collected."""
