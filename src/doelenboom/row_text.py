"""How rows look as text, CSV and JSON, wherever they are written to.

In text, CSV and JSON alike null is nothing (or JSON's null), dates are ISO and decimals keep
every digit. Writes nothing anywhere.
"""

import json
import math
import re
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

Row = Sequence[Any]

_QUOTED = re.compile('[",\\r\\n]')


def csv_line(values: Row) -> str:
    """Write a line of CSV with its end; null is nothing and empty text `""`."""
    return ",".join(_csv_field(value) for value in values) + "\n"


def json_record(names: Sequence[str], values: Row) -> str:
    """Write a JSON object; what is no number in JSON (NaN, infinity) is null."""
    return _json(dict(zip(names, values, strict=True)))


def _csv_field(value: Any) -> str:
    text = as_text(value)
    if value is not None and (text == "" or _QUOTED.search(text)):
        return '"' + text.replace('"', '""') + '"'
    return text


def as_text(value: Any) -> str:
    """Write a value as text: null is nothing, lists and structs are JSON."""
    match value:
        case None:
            return ""
        case bool() | Decimal() | list() | tuple() | dict():
            return _json(value)
        case _:
            return _plain(value)


def _json(value: Any) -> str:
    """Write a value as JSON, a decimal with all its digits."""
    match value:
        case None | bool() | int():
            return json.dumps(value)
        case float():
            return json.dumps(value) if math.isfinite(value) else "null"
        case Decimal():
            return format(value, "f")
        case list() | tuple():
            return "[" + ", ".join(_json(item) for item in value) + "]"
        case dict():
            pairs = (f"{_json(as_text(key))}: {_json(item)}" for key, item in value.items())
            return "{" + ", ".join(pairs) + "}"
        case _:
            return json.dumps(_plain(value), ensure_ascii=False)


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
