"""Models + Catalog + rows -> the migrations that close the gaps between what models promise and the database has."""
