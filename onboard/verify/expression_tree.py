"""The text of an SQL expression -> a tree in one form, whoever wrote it: Django, a person, or a server that rewrote it.

What PostgreSQL adds when it stores an expression is undone: parentheses, casts that change nothing, `= ANY (ARRAY[..])`
for `IN`, `~~` for `LIKE`, two comparisons for `BETWEEN`. A cast that may change a value stays. What this cannot read is
`Unreadable`; nothing is guessed. Source: "Lexical Structure" and "Operator Precedence" of the manual, `ruleutils.c`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from onboard.catalog.structure import Column
from onboard.verify.expression_nodes import Node, compared_by, joined, literal, negated, number, one_of, signed, widened
from onboard.verify.expression_tokens import Token, Unreadable, tokens


def tree(sql: str, columns: Mapping[str, Column]) -> Node:
    """Return the expression's tree; Unreadable where it cannot be read whole."""
    parser = _Parser(tokens(sql), columns)
    found = parser.expression(0)
    if parser.place != len(parser.tokens):
        raise Unreadable(sql)
    return found


_NOW = {"current_timestamp", "now", "transaction_timestamp"}
_CONSTANTS = {"current_date", "current_time", "localtime", "localtimestamp", "current_user", "session_user", "user"}
_LIKE = {"~~": "like", "!~~": "not like", "~~*": "ilike", "!~~*": "not ilike"}
_POWER = {"or": 1, "and": 2, "is": 4, "isnull": 4, "notnull": 4, "between": 6, "in": 6, "like": 6, "ilike": 6, "not": 6}
_POWER |= dict.fromkeys(("=", "<", ">", "<=", ">=", "<>", "!=", "=="), 5)
_POWER |= {"+": 8, "-": 8, "*": 9, "/": 9, "%": 9, "^": 10, "at": 11, "collate": 12, "[": 14, "::": 15}
_OTHER_OPERATOR = 7
_ENDS = {"then", "else", "end", "when", "from", "for", "as", "escape", "using"}


@dataclass
class _Parser:
    """Reads one expression by the binding power of its operators."""

    tokens: tuple[Token, ...]
    columns: Mapping[str, Column]
    place: int = field(default=0)

    # Looking.

    def peek(self, ahead: int = 0) -> Token:
        place = self.place + ahead
        return self.tokens[place] if place < len(self.tokens) else Token("end", "")

    def take(self) -> Token:
        found = self.peek()
        if found.kind == "end":
            raise Unreadable("it ends too soon")
        self.place += 1
        return found

    def has(self, *texts: str) -> bool:
        """Step over these words or signs, if they follow."""
        following = [self.peek(number) for number in range(len(texts))]
        if [one.text for one in following] != list(texts) or any(one.kind in ("string", "quoted") for one in following):
            return False
        self.place += len(texts)
        return True

    def need(self, *texts: str) -> None:
        if not self.has(*texts):
            raise Unreadable(f"{' '.join(texts)} is missing")

    # Reading.

    def expression(self, power: int) -> Node:
        found = self.operand()
        while True:
            following = self.peek()
            if following.kind in ("end", "string", "quoted", "number") or following.text in _ENDS:
                return found
            own = _POWER.get(following.text, _OTHER_OPERATOR if following.kind == "operator" else 0)
            if not own or own <= power:
                return found
            self.place += 1
            found = self.behind(found, following.text, own)

    def operand(self) -> Node:
        token = self.take()
        match token.kind:
            case "string":
                return ("text", token.text[token.text.index("'") + 1 : -1].replace("''", "'"))
            case "number":
                return number(token.text)
            case "quoted":
                return self.named(_unquoted(token.text), is_quoted=True)
            case "operator" if token.text in "+-":
                return signed(token.text, self.expression(13))
            case "mark" if token.text == "(":
                return self.in_parentheses()
            case "word":
                return self.word(token.text)
        raise Unreadable(token.text)

    def in_parentheses(self) -> Node:
        found = self.listed(")")
        if len(found) != 1:
            raise Unreadable("a row")
        return found[0]

    def listed(self, closing: str) -> list[Node]:
        found: list[Node] = []
        if self.has(closing):
            return found
        while True:
            found.append(self.expression(0))
            if self.has(closing):
                return found
            self.need(",")

    def word(self, word: str) -> Node:
        if word == "not":
            return negated(self.expression(3))
        if word in ("true", "false"):
            return ("bool", "1" if word == "true" else "0")
        if word == "null":
            return ("null",)
        if word == "cast":
            self.need("(")
            value = self.expression(0)
            self.need("as")
            value = self.cast(value, self.type_name())
            self.need(")")
            return value
        if word == "case":
            return self.case()
        if word == "array" and self.has("["):
            return ("array", *self.listed("]"))
        if word == "extract" and self.has("("):
            unit = self.take().text.strip("'").lower()
            self.need("from")
            return ("call", "extract", ("text", unit), *self.listed(")"))
        if word in ("select", "exists", "row", "interval") or word in _ENDS:
            raise Unreadable(word)
        if word in _NOW:
            if self.has("(") and not self.has(")"):
                raise Unreadable(word)
            return ("call", "now")
        if word in _CONSTANTS:
            return ("call", word)
        return self.named(word, is_quoted=False)

    def named(self, name: str, *, is_quoted: bool) -> Node:
        parts = [(name, is_quoted)]
        while self.peek() == Token("mark", "."):
            self.place += 1
            token = self.take()
            parts.append((_unquoted(token.text), True) if token.kind == "quoted" else (token.text, False))
        if self.has("("):
            names = [part for part, _ in parts if part != "pg_catalog" or len(parts) == 1]
            if names in (["now"], ["transaction_timestamp"]):
                self.need(")")
                return ("call", "now")
            return ("call", ".".join(names), *self.listed(")"))
        if len(parts) > 1:
            return ("name", *(part for part, _ in parts))
        folded = {column.lower(): column for column in self.columns}
        exact = name if name in self.columns else folded.get(name.lower())
        return ("column", exact) if exact is not None else ("name", name)

    def case(self) -> Node:
        subject = () if self.peek() == Token("word", "when") else (self.expression(0),)
        pairs: list[Node] = []
        while self.has("when"):
            condition = self.expression(0)
            self.need("then")
            pairs.append((condition, self.expression(0)))
        otherwise = self.expression(0) if self.has("else") else ("null",)
        self.need("end")
        return ("case", subject, tuple(pairs), otherwise)

    def behind(self, left: Node, sign: str, power: int) -> Node:
        match sign:
            case "::":
                return self.cast(left, self.type_name())
            case "[":
                return ("item", left, *self.listed("]"))
            case "and" | "or":
                return joined(sign, (left, self.expression(power)))
            case "isnull" | "notnull":
                return ("isnull", left) if sign == "isnull" else negated(("isnull", left))
            case "is":
                return self.is_what(left)
            case "collate":
                return ("collate", left, _unquoted(self.take().text))
            case "at":
                self.need("time", "zone")
                return ("zone", left, self.expression(power))
            case "not":
                following = self.take().text
                if following not in ("between", "in", "like", "ilike"):
                    raise Unreadable(following)
                return negated(self.behind(left, following, power))
            case "between":
                low = self.expression(power)
                self.need("and")
                high = self.expression(power)
                return joined("and", (compared_by(">=", left, low), compared_by("<=", left, high)))
            case "in":
                self.need("(")
                return one_of("=", left, self.listed(")"))
            case "like" | "ilike":
                pattern = self.expression(power)
                if self.has("escape"):
                    raise Unreadable("escape")
                return ("op", sign, left, pattern)
        return self.operator(left, sign, power)

    def operator(self, left: Node, sign: str, power: int) -> Node:
        if sign in _LIKE:
            word = _LIKE[sign]
            found: Node = ("op", word.removeprefix("not "), left, self.expression(power))
            return negated(found) if word.startswith("not ") else found
        if self.has("any", "(") or self.has("all", "("):
            quantifier = self.peek(-2).text
            inside = self.in_parentheses()
            if inside[0] != "array" or (quantifier, sign) not in (("any", "="), ("all", "<>")):
                raise Unreadable(quantifier)
            return one_of(sign, left, list(inside[1:]))
        return compared_by(sign, *self.implied(left, self.expression(power)))

    def implied(self, left: Node, right: Node) -> tuple[Node, Node]:
        """Undo that the server casts a whole number to the other operand's type: the operation does so anyway."""
        kinds = {self.type_of(left), self.type_of(right)}
        found = [kind for kind in ("numeric", "float8") if kind in kinds]
        return (widened(left, found[0]), widened(right, found[0])) if len(found) == 1 else (left, right)

    def is_what(self, left: Node) -> Node:
        is_not = self.has("not")
        if self.has("null"):
            found: Node = ("isnull", left)
        elif self.has("true") or self.has("false"):
            wanted = "1" if self.peek(-1).text == "true" else "0"
            found = ("istruth", left, wanted)
        elif self.has("distinct", "from"):
            found = negated(("same", *sorted((left, self.expression(5)), key=repr)))
        else:
            raise Unreadable("is")
        return negated(found) if is_not else found

    # Types.

    def type_name(self) -> str:
        token = self.take()
        if token.kind not in ("word", "quoted"):
            raise Unreadable(token.text)
        words = [token.text if token.kind == "word" else _unquoted(token.text)]
        while self.has("."):
            words.append(_unquoted(self.take().text))
        name = words[-1] if words[:-1] in ([], ["pg_catalog"]) else ".".join(words)
        for more in ("varying", "precision"):
            name += f" {more}" if self.has(more) else ""
        if self.has("("):
            numbers = [self.take().text]
            while self.has(","):
                numbers.append(self.take().text)
            self.need(")")
            name += f"({','.join(numbers)})"
        for more in ("with", "without"):
            name += f" {more} time zone" if self.has(more, "time", "zone") else ""
        while self.has("["):
            if not self.has("]"):
                self.take()
                self.need("]")
            name += "[]"
        return name

    def cast(self, value: Node, type_: str) -> Node:
        own = _TYPES.get(type_, type_)
        if own.endswith("[]"):
            return self.array_cast(value, own)
        if value[0] in ("text", "number", "decimal", "bool", "null") and "(" not in own:
            return literal(value, own)
        standing = self.type_of(value)
        is_harmless = standing is not None and (standing == own or own in _WIDER.get(standing, ()))
        return value if is_harmless else ("cast", own, value)

    def array_cast(self, value: Node, type_: str) -> Node:
        element = type_[:-2]
        if value[0] == "array":
            return ("array", *(self.cast(one, element) for one in value[1:]))
        if value[0] == "text" and re.fullmatch(r"\{[^{}\"\\]*\}", value[1]):
            items = value[1][1:-1].split(",") if value[1] != "{}" else []
            return ("array", *(literal(("text", one.strip()), element) for one in items))
        if value[0] == "cast" and value[1].endswith("[]"):
            return ("cast", type_, value)
        return ("cast", type_, value)

    def type_of(self, value: Node) -> str | None:
        """The type of a column, of what hangs on none nothing is known."""
        if value[0] == "decimal":
            return "numeric"
        if value[0] == "op" and value[1] in "+-*/%":
            return next((kind for kind in map(self.type_of, value[2:]) if kind in ("numeric", "float8")), None)
        if value[0] == "column":
            type_ = self.columns[value[1]].type
            while type_.base is not None:
                type_ = type_.base
            return _TYPES.get(type_.name, type_.name)
        return "text" if value[0] == "call" and value[1] in _TEXT_FUNCTIONS else None


_TEXT_FUNCTIONS = {"lower", "upper", "btrim", "trim", "ltrim", "rtrim", "concat", "replace", "left", "right"}
_TYPES = {
    "character varying": "varchar",
    "character": "bpchar",
    "char": "bpchar",
    "integer": "int4",
    "int": "int4",
    "smallint": "int2",
    "bigint": "int8",
    "decimal": "numeric",
    "real": "float4",
    "double precision": "float8",
    "boolean": "bool",
    "timestamp without time zone": "timestamp",
    "timestamp with time zone": "timestamptz",
    "time without time zone": "time",
    "time with time zone": "timetz",
}
_TYPES |= {f"{name}[]": f"{short}[]" for name, short in list(_TYPES.items())}
# What a type may be cast to without another value coming out; the server does so by itself to find an operator.
_WIDER = {
    "varchar": ("text",),
    "text": ("varchar",),
    "int2": ("int4", "int8"),
    "int4": ("int8",),
    "float4": ("float8",),
}


def _unquoted(text: str) -> str:
    if text[:1] == "[":
        return text[1:-1]
    return text[1:-1].replace(text[0] * 2, text[0]) if text[:1] in ('"', "`") else text
