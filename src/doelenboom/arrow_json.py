"""A JSON document that holds rows: judged as a whole, then read by Arrow, column by column.

Knows no source. Text that looks like a time stays the text it was.
"""

import codecs
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.json as pj

MOST_OBJECTS = 100_000
"""Lists and objects in a document; each costs memory, also an empty one."""

MOST_COLUMNS, MOST_CELLS = 2_000, 5_000_000
"""Of all rows: Arrow gives each row each column, also one that a single row has."""

_NAME = re.compile(r'"([^"]{0,200})"\s{0,9}:')

_ONE_AT_A_TIME = threading.Lock()
"""Documents are judged in turn: as objects of Python they take many times their size."""


class NotRowsError(ValueError):
    """The bytes are no document of rows; the message says what is wrong with them."""


@dataclass(frozen=True)
class Rows:
    """The rows of a document, and the other members of it."""

    values: pa.StructArray
    envelope: Mapping[str, object]

    @property
    def columns(self) -> list[str]:
        return [field.name for field in self.values.type]

    def column(self, name: str) -> pa.Array:
        """Return one column of the rows. Raises KeyError when no row has it."""
        place = self.values.type.get_field_index(name)
        if place < 0:
            raise KeyError(name)
        return self.values.flatten()[place]


def read_rows(body: bytes, member: str = "value") -> Rows:
    """Read a JSON object whose `member` is a list of objects that hold single values.

    Raises NotRowsError for anything else: what is no JSON (NaN and broken UTF-8 are none), what
    takes much more memory than its bytes, and a column that holds values of several kinds.
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    with _ONE_AT_A_TIME:
        envelope = _judge(body, member)
    if member not in envelope:
        return Rows(pa.array([], pa.struct([])), envelope)
    values = _read(body, member, None)
    times = [field.name for field in values.type if pa.types.is_timestamp(field.type)]
    if times:
        texts = pa.list_(pa.struct([(name, pa.string()) for name in times]))
        values = _read(body, member, pa.schema([(member, texts)]))
    return Rows(values, {name: value for name, value in envelope.items() if name != member})


def _judge(body: bytes, member: str) -> dict[str, Any]:
    """Give the document without its rows; Arrow reads only what was judged.

    Arrow takes what is no JSON, and its reader ends the process where lists are nested deeply.
    """
    objects = body.count(b"{") + body.count(b"[")
    if objects > MOST_OBJECTS:
        raise NotRowsError(f"more than {MOST_OBJECTS:,} lists and objects")
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise NotRowsError(_in_words(body, error)) from error
    if not isinstance(document, dict):
        raise NotRowsError("no object")
    rows = document.get(member)
    if rows is None and "odata.error" in document:
        return document
    if not isinstance(rows, list):
        raise NotRowsError(f"no list of rows as `{member}`")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise NotRowsError(f"{type(row).__name__} as row {number} of `{member}`")
    columns = len(set().union(*rows))
    if columns > MOST_COLUMNS or len(rows) * columns > MOST_CELLS:
        raise NotRowsError(
            f"{len(rows)} rows with {columns} columns, expected at most {MOST_COLUMNS} columns and"
            f" {MOST_CELLS} cells"
        )
    if objects > len(rows) + 2:  # or there are brackets in a text
        _refuse_nested(document, member)
    return {**document, member: None}


def _refuse_nested(document: Mapping[str, Any], member: str) -> None:
    for number, row in enumerate(document[member], 1):
        for name, value in row.items():
            if isinstance(value, dict | list):
                raise NotRowsError(f"no single value in row {number}, column {name}")
    for name, value in document.items():
        if name != member and isinstance(value, dict | list):
            raise NotRowsError(f"no single value as `{name}`")


def _in_words(body: bytes, error: orjson.JSONDecodeError) -> str:
    """Say what is wrong, and in which row and column of a document of flat rows."""
    try:
        before, wrong = body.decode()[: error.pos], str(error)
    except UnicodeDecodeError as broken:
        before, wrong = body[: broken.start].decode(), "no UTF-8"
    row, names = before.count("{") - 1, _NAME.findall(before[-1_000:])
    return f"{wrong}, in row {row}, column {names[-1]}" if row > 0 and names else wrong


def _read(body: bytes, member: str, schema: pa.Schema | None) -> pa.StructArray:
    try:
        document = pj.read_json(
            pa.BufferReader(body),
            pj.ReadOptions(use_threads=False, block_size=len(body) + 1),
            pj.ParseOptions(explicit_schema=schema),
        )
    except pa.ArrowException as error:
        raise NotRowsError(str(error)) from error
    values = document.column(member).combine_chunks().flatten()
    return values if len(values) else pa.array([], pa.struct([]))
