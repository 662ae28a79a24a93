class DollarName(str):
    """The name of a table or column with a `$` in it, which no query of Django's may name before 6.1."""

    # Django refuses every name that contains one, for fear of aliases; quoted, as it quotes them, they are plain names.
    def __contains__(self, part):
        return part != "$" and super().__contains__(part)
