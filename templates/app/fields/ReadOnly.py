from django.db import NotSupportedError


class ReadOnly:
    """Rows that are read and never saved or deleted: those of a view, or of a table without a key."""

    def save(self, *args, **kwargs):
        raise NotSupportedError(self._refusal("saved"))

    def delete(self, *args, **kwargs):
        raise NotSupportedError(self._refusal("deleted"))

    save.alters_data = True
    delete.alters_data = True

    def _refusal(self, verb):
        return f"Rows of “{self._meta.db_table}” cannot be {verb}: it is a view, or it has no key to tell one by."
