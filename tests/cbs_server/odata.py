"""The query options of OData v3 that CBS knows, as SQL over rows held in DuckDB.

Texts are compared as they are: a key must be asked with its padding. A null compares with
nothing but `null`, as in SQL.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field


class OptionError(Exception):
    """A query option that the service does not know or cannot read."""


TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>[A-Za-z_]\w*)|(?P<sign>[(),]))"
)
COMPARISONS = {"eq": "=", "ne": "<>", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}
WITH_NULL = {"eq": "is null", "ne": "is not null"}
FUNCTIONS = {"startswith": 2, "substringof": 2, "trim": 1}
OPTIONS = {"$filter", "$select", "$orderby", "$top", "$skip", "$format", "$inlinecount"}


@dataclass
class Filter:
    """A condition in SQL with the values to bind."""

    sql: str
    values: list[str | float] = field(default_factory=list)


@dataclass(frozen=True)
class Query:
    """What is asked of an entity; `order` is SQL, and empty for the order of publication.

    `top` is None for all rows.
    """

    where: Filter
    columns: tuple[str, ...]
    order: str
    skip: int
    top: int | None
    counted: bool


def parse_query(options: Mapping[str, str], columns: Collection[str]) -> Query:
    """Read the query options. Raises OptionError for an option or column that is not there."""
    if unknown := sorted(set(options) - OPTIONS):
        raise OptionError(f"{unknown[0]} is not supported")
    filtered = options.get("$filter")
    top = options.get("$top")
    counting = options.get("$inlinecount", "none")
    if counting not in {"none", "allpages"}:
        raise OptionError(f"$inlinecount is {counting!r}, expected none or allpages")
    return Query(
        parse_filter(filtered, columns) if filtered is not None else Filter("true"),
        _columns(options.get("$select"), columns),
        _order(options.get("$orderby"), columns),
        _whole_number("$skip", options.get("$skip", "0")),
        None if top is None else _whole_number("$top", top),
        counting == "allpages",
    )


def parse_filter(text: str, columns: Collection[str]) -> Filter:
    """Translate `$filter`. Raises OptionError for what is not understood."""
    reader = _Reader(list(_tokens(text)), columns)
    sql = reader.either()
    if reader.ahead() is not None:
        raise OptionError(f"unexpected {reader.ahead()!r} in $filter")
    return Filter(sql, reader.values)


def _columns(text: str | None, columns: Collection[str]) -> tuple[str, ...]:
    if text is None:
        return tuple(columns)
    return tuple(_known(name.strip(), columns) for name in text.split(","))


def _order(text: str | None, columns: Collection[str]) -> str:
    """Translate `$orderby`: columns, each with `asc` or `desc` or neither."""
    words = []
    for part in text.split(",") if text is not None else ():
        name, *direction = part.split()
        if direction not in ([], ["asc"], ["desc"]):
            raise OptionError(f"cannot read $orderby at {part.strip()!r}")
        words.append(" ".join([f'"{_known(name, columns)}"', *direction]))
    return ", ".join(words)


def _known(name: str, columns: Collection[str]) -> str:
    if name not in columns:
        raise OptionError(f"there is no column {name}")
    return name


def _whole_number(option: str, text: str) -> int:
    if not text.isdecimal():
        raise OptionError(f"{option} is {text!r}, expected a whole number")
    return int(text)


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
        if self.ahead() != "null":
            return f"{left} {COMPARISONS[sign]} {self.operand()}"
        self.take()
        if sign not in WITH_NULL:
            raise OptionError(f"null cannot be compared by {sign} in $filter")
        return f"{left} {WITH_NULL[sign]}"

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
        return f'"{_known(token, self._columns)}"'

    def function(self, name: str) -> str:
        self.take("(")
        arguments = [self.operand()]
        while len(arguments) < FUNCTIONS[name]:
            self.take(",")
            arguments.append(self.operand())
        self.take(")")
        if name == "substringof":
            return f"(position({arguments[0]} in {arguments[1]}) > 0)"
        return f"{'starts_with' if name == 'startswith' else name}({', '.join(arguments)})"
