from django.contrib.postgres.fields import ArrayField


class TextArrayField(ArrayField):
    """An array whose elements the driver does not know, so that it hands over the array's text."""

    def _from_db_value(self, value, expression, connection):
        if isinstance(value, str):
            value, _ = self._parsed(value, value.index("{") + 1)
        element = self.base_field
        while isinstance(element, ArrayField):  # one inside the other, of an array of several dimensions
            element = element.base_field
        convert = getattr(element, "from_db_value", None) or (lambda item, *_: element.to_python(item))
        return self._mapped(value, lambda item: None if item is None else convert(item, expression, connection))

    from_db_value = _from_db_value  # ArrayField itself uses the other name where its elements are converted

    def _mapped(self, value, function):
        if isinstance(value, list):
            return [self._mapped(item, function) for item in value]
        return function(value)

    def _parsed(self, text, at):
        """Read the items from `at` on, to the brace that closes them."""
        items = []
        while text[at] != "}":
            if text[at] == "{":
                item, at = self._parsed(text, at + 1)
            elif text[at] == '"':
                item, at = self._quoted(text, at + 1)
            else:
                start = at
                while text[at] not in ",}":
                    at += 1
                item = None if text[start:at] == "NULL" else text[start:at]
            items.append(item)
            at += text[at] == ","
        return items, at + 1

    def _quoted(self, text, at):
        letters = []
        while text[at] != '"':
            at += text[at] == "\\"
            letters.append(text[at])
            at += 1
        return "".join(letters), at + 1
