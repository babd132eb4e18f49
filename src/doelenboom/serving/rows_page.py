"""Rows as a page, for who looks at them in a browser."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response

from doelenboom.glossary import split_comment
from doelenboom.row_text import as_text
from doelenboom.serving.answers import wanted_format
from doelenboom.serving.editions import Edition
from doelenboom.serving.formats import RowFormat, prefers_page
from doelenboom.serving.pages import page
from doelenboom.serving.pool import Reply
from doelenboom.storage.tables import Table

MOST_PAGE_BYTES = 2 << 20
"""Bytes of JSON that are still shown as a page; what is larger is sent as it is."""


def form_of(request: Request, style: RowFormat | None) -> tuple[RowFormat, bool]:
    """Return the form in which rows are asked, and whether they are to be shown as a page."""
    if style is None and prefers_page(request.headers.get("accept")):
        return RowFormat.json, True
    return wanted_format(request, style), False


async def rows_page(
    answer: Reply,
    headers: Mapping[str, str],
    edition: Edition,
    table: Table | None = None,
    following: str = "",
) -> Response:
    """Show an answer in JSON as a page: of a table, or of a statement; with the way to the next."""
    words = {"release": edition.release.release_id, "table": table, "following": following}
    return await asyncio.to_thread(_filled, answer.read(), headers, words, table)


def _filled(
    body: bytes, headers: Mapping[str, str], words: Mapping[str, object], table: Table | None
) -> Response:
    records: list[dict[str, Any]] = json.loads(body, parse_float=str, parse_int=str)
    comments = {column.name: column.comment for column in table.columns} if table else {}
    names = list(records[0]) if records else []
    found = {
        "names": [(name, split_comment(comments.get(name))[0]) for name in names],
        "rows": [[as_text(value) for value in record.values()] for record in records],
    }
    return page("rows.html", {**words, **found}, headers=headers)
