"""How rows look as text, CSV and JSON, wherever they are written to.

In text, CSV and JSON alike null is nothing (or JSON's null), dates are ISO and decimals keep
every digit. In CSV no text is a formula to a spreadsheet. Writes nothing anywhere.
"""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

Row = Sequence[Any]

FORMULA = r"^'*[=+\-@\t\r]"
"""A text that a spreadsheet takes for a formula (OWASP, CSV injection), or that would read as one
that was guarded; Python and DuckDB both read the expression. Numbers are never looked at."""

GUARD = "'"
"""What stands before such a text in CSV; taking one away from what still fits gives it back."""

_FORMULA = re.compile(FORMULA)
_QUOTED = re.compile('[",\\r\\n]')


def csv_line(values: Row) -> str:
    """Write a line of CSV with its end; null is nothing, empty text `""`, no text a formula."""
    return ",".join(map(_csv_field, values)) + "\n"


def json_record(names: Sequence[str], values: Row) -> str:
    """Write a JSON object; what is no number in JSON (NaN, infinity) is null."""
    return _json(dict(zip(names, values, strict=True)))


def json_overhead(names: Sequence[str]) -> int:
    """Count the bytes of a JSON object and the comma behind it that are there whatever it holds.

    A value has one character at least.
    """
    return len(json_record(names, [0] * len(names)).encode("utf-8", "replace")) + len(",\n")


def _csv_field(value: Any) -> str:
    write = _BARE.get(type(value))
    if write is not None:
        return write(value)
    text = as_text(value)
    if isinstance(value, str) and _FORMULA.match(value):
        text = GUARD + text
    if value is not None and (text == "" or _QUOTED.search(text)):
        return '"' + text.replace('"', '""') + '"'
    return text


def as_text(value: Any) -> str:
    """Write a value as text: null is nothing, lists and structs are JSON."""
    write = _TEXT.get(type(value))
    if write is not None:
        return write(value)
    match value:
        case bool() | Decimal() | list() | tuple() | dict():
            return _json(value)
        case _:
            return _plain(value)


def _json(value: Any) -> str:
    """Write a value as JSON, a decimal with all its digits."""
    write = _JSON.get(type(value))
    if write is not None:
        return write(value)
    match value:
        case int():
            return json.dumps(value)
        case float():
            return json.dumps(value) if math.isfinite(value) else "null"
        case list() | tuple():
            return "[" + ", ".join(_json(item) for item in value) + "]"
        case dict():
            pairs = [f"{_json(as_text(key))}: {_json(item)}" for key, item in value.items()]
            return "{" + ", ".join(pairs) + "}"
        case _:
            return encode_basestring(_plain(value))


_JSON: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda _value: "null",
    str: encode_basestring,
    int: str,
    bool: lambda value: "true" if value else "false",
    Decimal: lambda value: format(value, "f"),
}
"""What most values are, found at once: a large answer has millions of them."""

_BARE: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda _value: "",
    **{kind: _JSON[kind] for kind in (int, bool, Decimal)},
}
"""What is written alike in text and CSV: nothing in it is quoted or guarded there."""

_TEXT: Mapping[type, Callable[[Any], str]] = {**_JSON, **_BARE, str: lambda value: value}


def _plain(value: Any) -> str:
    """Write a single value as text: dates and times as ISO 8601, bytes as hexadecimal digits."""
    match value:
        case date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case _:
            return str(value)


def unique_names(names: Sequence[str]) -> list[str]:
    """Number the names that come back: `x`, `x_2`; a name that is taken is passed over."""
    unique: list[str] = []
    for name in names:
        free, number = name, 1
        while free in unique or (number > 1 and free in names):
            number += 1
            free = f"{name}_{number}"
        unique.append(free)
    return unique
