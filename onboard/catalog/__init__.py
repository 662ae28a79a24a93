"""DSN -> Catalog: what the database says, frozen; the only thing that later steps read."""
