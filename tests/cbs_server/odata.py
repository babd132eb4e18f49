"""The query options of OData v3 that CBS knows, as SQL over rows held in DuckDB.

Texts are compared as they are: a key must be asked with its padding.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field


class OptionError(Exception):
    """A query option that the service does not know or cannot read."""


TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>[A-Za-z_]\w*)|(?P<sign>[(),]))"
)
COMPARISONS = {"eq": "=", "ne": "<>", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}
FUNCTIONS = {"startswith": 2, "substringof": 2, "trim": 1}


@dataclass
class Filter:
    """A condition in SQL with the values to bind."""

    sql: str
    values: list[str | float] = field(default_factory=list)


def parse_filter(text: str, columns: Collection[str]) -> Filter:
    """Translate `$filter`. Raises OptionError for what is not understood."""
    reader = _Reader(list(_tokens(text)), columns)
    sql = reader.either()
    if reader.ahead() is not None:
        raise OptionError(f"unexpected {reader.ahead()!r} in $filter")
    return Filter(sql, reader.values)


def _tokens(text: str) -> Iterator[str]:
    place = 0
    while place < len(text.rstrip()):
        match = TOKEN.match(text, place)
        if match is None:
            raise OptionError(f"cannot read $filter at {text[place:]!r}")
        yield match[0].strip(" ") if not match["text"] else match["text"]
        place = match.end()


class _Reader:
    """Reads or, and, not, comparisons and functions, the loosest first."""

    def __init__(self, tokens: list[str], columns: Collection[str]) -> None:
        self._tokens, self._place, self._columns = tokens, 0, columns
        self.values: list[str | float] = []

    def ahead(self) -> str | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def take(self, expected: str | None = None) -> str:
        token = self.ahead()
        if token is None or (expected is not None and token != expected):
            raise OptionError(f"expected {expected or 'more'} in $filter, found {token!r}")
        self._place += 1
        return token

    def either(self) -> str:
        parts = [self.both()]
        while self.ahead() == "or":
            self.take()
            parts.append(self.both())
        return " or ".join(f"({part})" for part in parts)

    def both(self) -> str:
        parts = [self.one()]
        while self.ahead() == "and":
            self.take()
            parts.append(self.one())
        return " and ".join(f"({part})" for part in parts)

    def one(self) -> str:
        if self.ahead() == "not":
            self.take()
            return f"not ({self.one()})"
        if self.ahead() == "(":
            self.take()
            inner = self.either()
            self.take(")")
            return inner
        left = self.operand()
        if self.ahead() not in COMPARISONS:
            return left
        sign = self.take()
        if self.ahead() == "null":
            self.take()
            return f"{left} is {'not ' if sign == 'ne' else ''}null"
        return f"{left} {COMPARISONS[sign]} {self.operand()}"

    def operand(self) -> str:
        token = self.take()
        if token.startswith("'"):
            self.values.append(token[1:-1].replace("''", "'"))
            return "?"
        if re.fullmatch(r"-?\d+(\.\d+)?", token):
            self.values.append(float(token))
            return "?"
        if token in FUNCTIONS:
            return self.function(token)
        if token not in self._columns:
            raise OptionError(f"there is no column {token}")
        return f'"{token}"'

    def function(self, name: str) -> str:
        self.take("(")
        arguments = [self.operand()]
        while len(arguments) < FUNCTIONS[name]:
            self.take(",")
            arguments.append(self.operand())
        self.take(")")
        if name == "substringof":
            return f"contains({arguments[1]}, {arguments[0]})"
        return f"{'starts_with' if name == 'startswith' else name}({', '.join(arguments)})"
