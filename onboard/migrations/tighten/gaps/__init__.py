"""The kinds of gap, one a module: each declares `GAP`, and is collected."""
