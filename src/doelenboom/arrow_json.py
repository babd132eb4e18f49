"""A JSON document that holds rows, read by Arrow: no row passes through Python.

Knows no source. Text that looks like a time stays the text it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.json as pj


class NotRowsError(ValueError):
    """The bytes are no document of rows; the message says what is wrong with them."""


@dataclass(frozen=True)
class Rows:
    """The rows of a document, and the other members of it that are single values."""

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
    """Read a JSON object whose `member` is a list of objects.

    Raises NotRowsError for anything else, and for a column that holds values of several kinds.
    """
    rows = _read(body, member, None)
    times = [field.name for field in rows.values.type if pa.types.is_timestamp(field.type)]
    if times:
        texts = pa.list_(pa.struct([(name, pa.string()) for name in times]))
        rows = _read(body, member, pa.schema([(member, texts)]))
    return rows


def _read(body: bytes, member: str, schema: pa.Schema | None) -> Rows:
    try:
        document = pj.read_json(
            pa.BufferReader(body),
            pj.ReadOptions(use_threads=False, block_size=len(body) + 1),
            pj.ParseOptions(explicit_schema=schema),
        )
    except pa.ArrowException as error:
        raise NotRowsError(" ".join(str(error).split())) from error
    if document.num_rows != 1:
        raise NotRowsError(f"{document.num_rows} documents, expected one")
    names = [name for name in document.column_names if name != member]
    envelope = document.select(names).to_pylist()[0] if names else {}
    values = pa.array([], pa.struct([]))
    if member in document.column_names:
        values = _structs(document.column(member).combine_chunks(), member)
    elif "odata.error" not in names:
        raise NotRowsError(f"no list of rows as `{member}`")
    return Rows(values, envelope)


def _structs(lists: pa.Array, member: str) -> pa.StructArray:
    if not pa.types.is_list(lists.type) or lists.null_count:
        raise NotRowsError(f"no list of rows as `{member}`")
    values = lists.flatten()
    if pa.types.is_null(values.type) and not len(values):
        return pa.array([], pa.struct([]))
    if not pa.types.is_struct(values.type) or values.null_count:
        raise NotRowsError(f"a list of {values.type} as `{member}`, expected rows")
    return values
