"""Source -> source: LibCST passes that settle types, keys, relations, names and Meta, class by class."""
