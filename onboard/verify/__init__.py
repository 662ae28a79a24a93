"""Models and recorded state held against the database -> Differences."""
