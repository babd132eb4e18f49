"""What to ask of one table: its properties, the codes of its dimensions, and its rows.

The properties say under which key each declared column stands in this edition. A dimension that
is not declared would multiply the rows, a declared one that is missing would merge them: both
stop the fetch.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from doelenboom.sources.cbs.catalog import FoundTable
from doelenboom.sources.cbs.client import CbsClient
from doelenboom.sources.cbs.columns import Kind
from doelenboom.sources.cbs.declaring import (
    CODE_FIELDS,
    Dimension,
    Topic,
    matches,
    squeezed,
)
from doelenboom.sources.cbs.faults import ContentError
from doelenboom.sources.cbs.pages import PageSequence, Row

PROPERTIES = "properties"
ROW_KEY = "ID"
MOST_GROUPS = 20
"""Groups around a topic; those of CBS go three deep."""

_NAMED = {"Key": Kind.text, "Title": Kind.text}
_PROPERTY = {
    **_NAMED,
    "odata.type": Kind.text,
    "Type": Kind.text,
    "ID": Kind.whole,
    "ParentID": Kind.whole,
}
_KEY = re.compile(r"[A-Za-z]\w{0,99}", re.ASCII)
_JSON = {"$format": "json"}
_DIMENSION_TYPES = {"Dimension", "GeoDimension", "GeoDetail", "TimeDimension"}


@dataclass(frozen=True)
class Part:
    """One query: its name (a raw table, or `properties`), URL, columns and how it is judged.

    `columns` gives the raw name of each column by the source's key; `filled` are the source's
    keys of those that no row lacks, `kinds` says what columns hold. `count_url` asks the source's
    own count of the same rows, where it did not come with them.
    """

    name: str
    url: str
    columns: Mapping[str, str]
    key: str | None
    filled: Collection[str] = ()
    known: Collection[str] | None = None
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    count_url: str | None = None

    def judge(self) -> PageSequence:
        """Begin to judge the pages of this part."""
        needed = {*self.columns, *self.filled} | ({self.key} if self.key else set())
        return PageSequence(self.key, needed, self.filled, self.known, self.kinds)


def properties_part(client: CbsClient, table: FoundTable) -> Part:
    """Plan the query for what the columns of a table are called."""
    url = _url(client, table, "DataProperties")
    return Part(PROPERTIES, url, {}, key=None, filled=tuple(_NAMED), kinds=_PROPERTY)


def code_parts(client: CbsClient, table: FoundTable, properties: Sequence[Row]) -> list[Part]:
    """Plan the queries for the codes of its dimensions.

    Raises ContentError when the dimensions are not those declared.
    """
    keys = _dimension_keys(table, properties)
    return [
        Part(
            dimension.codes,
            _url(client, table, keys[dimension.name]),
            dimension.fields or CODE_FIELDS,
            "Key",
            filled=("Key",),
            kinds=dict.fromkeys(dimension.fields or CODE_FIELDS, Kind.text),
        )
        for dimension in table.dataset.dimensions
        if dimension.codes
    ]


def rows_part(
    client: CbsClient,
    table: FoundTable,
    properties: Sequence[Row],
    codes: Mapping[str, Sequence[Row]],
) -> Part:
    """Plan the query for the rows; `codes` are the rows of each part of codes.

    Raises ContentError when a declared column is not there, or a code to filter on.
    """
    dataset = table.dataset
    dimensions = _dimension_keys(table, properties)
    topics = _topic_keys(table, properties)
    conditions = [
        condition
        for dimension in dataset.dimensions
        if (condition := _limits(table, dimension, dimensions[dimension.name], codes))
    ]
    if dataset.non_zero:
        conditions.append(_non_zero([key for key in topics.values() if key]))
    filtered = {"$filter": " and ".join(conditions)} if conditions else {}
    columns = {ROW_KEY: "id", **{key: name for name, key in (dimensions | topics).items()}}
    if len(columns) != 1 + len(dimensions) + len(topics):
        raise ContentError(f"{table.identifier} ({table.title}) has one column as two of ours")
    return Part(
        dataset.rows_table,
        _url(client, table, "TypedDataSet", {**filtered, "$inlinecount": "allpages"}),
        columns,
        ROW_KEY,
        filled=(ROW_KEY, *dimensions.values()),
        known={ROW_KEY, *(row["Key"] for row in properties if row["Key"])},
        kinds={
            ROW_KEY: Kind.whole,
            **dict.fromkeys(dimensions.values(), Kind.text),
            **{topics[t.name]: _kind(t) for t in dataset.topics if t.name in topics},
        },
        count_url=client.url(_path(table, "TypedDataSet/$count"), filtered),
    )


def _kind(topic: Topic) -> Kind:
    return Kind.text if topic.text else Kind.figure


def _path(table: FoundTable, entity: str) -> str:
    return f"/ODataFeed/odata/{table.identifier}/{entity}"


def _url(
    client: CbsClient, table: FoundTable, entity: str, options: Mapping[str, str] | None = None
) -> str:
    return client.url(_path(table, entity), {**_JSON, **(options or {})})


def _dimension_keys(table: FoundTable, properties: Sequence[Row]) -> dict[str, str]:
    """The source's key of each declared dimension, by its raw name."""
    rows = [row for row in properties if _type(row) in _DIMENSION_TYPES]
    keys: dict[str, str] = {}
    for dimension in table.dataset.dimensions:
        found = [row["Key"] for row in rows if _is(row, dimension.title)]
        if len(found) != 1:
            raise ContentError(
                f"{table.identifier} ({table.title}) has {len(found)} dimensions titled"
                f" {dimension.title!r}, expected one; it has {_titles(rows)}"
            )
        keys[dimension.name] = _key(table, found[0])
    for row in rows:
        if row["Key"] not in keys.values():
            raise ContentError(
                f"{table.identifier} ({table.title}) has the unknown dimension {row['Key']}"
            )
    return keys


def _topic_keys(table: FoundTable, properties: Sequence[Row]) -> dict[str, str]:
    """The source's key of each declared topic, by its raw name; optional ones may lack."""
    rows = [row for row in properties if _type(row) == "Topic"]
    by_id = {row["ID"]: row for row in properties if row.get("ID") is not None}
    keys: dict[str, str] = {}
    for topic in table.dataset.topics:
        found = [
            row["Key"]
            for row in rows
            if _is(row, topic.title) and _within(table, topic, row, by_id)
        ]
        if len(found) > 1 or (not found and not topic.optional):
            raise ContentError(
                f"{table.identifier} ({table.title}) has {len(found)} columns titled"
                f" {topic.title!r}, expected one; it has {_titles(rows)}"
            )
        if found:
            keys[topic.name] = _key(table, found[0])
    unknown = [row for row in rows if row["Key"] not in keys.values()]
    if table.dataset.all_topics and unknown:
        raise ContentError(
            f"{table.identifier} ({table.title}) has the unknown column"
            f" {unknown[0]['Key']} ({squeezed(unknown[0]['Title'])})"
        )
    return keys


def _key(table: FoundTable, key: str) -> str:
    """Take a key for URLs and filters. Raises ContentError for what is no name there."""
    if not _KEY.fullmatch(key):
        raise ContentError(f"{table.identifier} ({table.title}) has a column with the key {key!r}")
    return key


def _type(row: Row) -> str:
    """The kind of a row of DataProperties: `Topic`, `TopicGroup`, `GeoDimension`, ..."""
    return str(row.get("odata.type") or row.get("Type") or "").rsplit(".", 1)[-1]


def _is(row: Row, title: str) -> bool:
    return matches(title, row.get("Title")) or matches(title, row.get("Key"))


def _within(table: FoundTable, topic: Topic, row: Row, by_id: Mapping[object, Row]) -> bool:
    """Tell whether a topic lies in a group of the declared title, at whatever depth.

    Raises ContentError for groups without an end: one may be its own parent.
    """
    if topic.group is None:
        return True
    above = by_id.get(row.get("ParentID"))
    for _ in range(MOST_GROUPS):
        if above is None:
            return False
        if matches(topic.group, above.get("Title")):
            return True
        above = by_id.get(above.get("ParentID"))
    raise ContentError(
        f"{table.identifier} ({table.title}) has {row['Key']} in more than {MOST_GROUPS} groups,"
        f" by the ParentID of {squeezed(row.get('Title'))!r}"
    )


def _titles(rows: Sequence[Row]) -> str:
    return ", ".join(sorted(squeezed(row.get("Title")) for row in rows)) or "none"


def _limits(
    table: FoundTable, dimension: Dimension, key: str, codes: Mapping[str, Sequence[Row]]
) -> str:
    """Write the condition that limits the rows to the wanted codes of a dimension."""
    if dimension.prefix:
        return f"startswith({key},'{dimension.prefix}')"
    if not dimension.title_of_code:
        return ""
    rows = codes[dimension.codes or ""]
    found = [row["Key"] for row in rows if matches(dimension.title_of_code, row["Title"])]
    if len(found) != 1:
        raise ContentError(
            f"{table.identifier} ({table.title}) has {len(found)} codes of {key} titled"
            f" {dimension.title_of_code!r}, expected one"
        )
    return f"{key} eq '{_padded(found[0], rows)}'"


def _padded(code: str, rows: Sequence[Row]) -> str:
    """Write a code for a filter as wide as the widest of its dimension.

    Codes have one width in the rows (`T001112  ` beside `CPI010000` in 83131NED), and a filter
    without the spaces finds nothing; some tables of codes leave them out.
    """
    width = max(len(row["Key"]) for row in rows)
    return code.ljust(width).replace("'", "''")


def _non_zero(keys: Sequence[str]) -> str:
    each = " or ".join(f"({key} ne null and {key} ne 0)" for key in keys)
    return f"({each})" if len(keys) > 1 else each
