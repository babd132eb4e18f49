"""The resources about what there is: the start, releases, tables and their columns."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

from fastapi import APIRouter, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from doelenboom.publication.reading.releases import list_releases
from doelenboom.serving.answers import is_known, tag
from doelenboom.serving.editions import Edition
from doelenboom.serving.endpoint import (
    DESCRIBED,
    NO_TABLE,
    SHUT,
    UNAVAILABLE,
    Chosen,
    Current,
    Shared,
    TableName,
    current,
    readable,
    table_of,
)
from doelenboom.serving.formats import PAGE_TYPE, RowFormat, prefers_page
from doelenboom.serving.pages import page
from doelenboom.serving.problems import ProblemError
from doelenboom.serving.shapes import (
    Health,
    Index,
    ReleaseItem,
    TableDescription,
    TableItem,
    index_of,
    release_item,
    table_description,
    table_item,
)

router = APIRouter()


@router.get("/health", responses=UNAVAILABLE, openapi_extra={"security": []})
async def health(edition: Current) -> Health:
    """Say which release answers; needs no token."""
    return Health(release=edition.release.release_id)


@router.head("/", include_in_schema=False)
@router.get("/", responses=DESCRIBED, response_model=Index)
async def index(request: Request, shared: Shared, edition: Chosen) -> Response:
    """Say what this is: the release, its tables, how to ask them, the limits."""
    found = index_of(edition, shared.pool.seconds)
    items = [table_item(edition, table) for table in edition.tables.values()]
    base = str(request.base_url).rstrip("/")
    return _described(request, edition, found, "index.html", {"tables": items, "base": base})


@router.get("/releases", responses=SHUT)
async def releases(request: Request, shared: Shared) -> list[ReleaseItem]:
    """List the releases that can be named, the newest first."""
    with readable():
        found = await asyncio.to_thread(list_releases, shared.editions.releases_dir)
    try:
        now = (await current(request, shared)).release.release_id
    except ProblemError:
        if not found:
            raise
        now = ""  # what is published is damaged; each of these can be named all the same
    return [release_item(each, now) for each in found]


@router.head("/tables", include_in_schema=False)
@router.get("/tables", responses=DESCRIBED, response_model=list[TableItem])
async def tables(request: Request, edition: Chosen) -> Response:
    """List the tables of a release."""
    items = [table_item(edition, table) for table in edition.tables.values()]
    return _described(request, edition, items, "tables.html")


@router.head("/tables/{table}", include_in_schema=False)
@router.get("/tables/{table}", responses={**DESCRIBED, **NO_TABLE}, response_model=TableDescription)
async def table(request: Request, edition: Chosen, table: TableName) -> Response:
    """Describe a table and its columns."""
    found = table_description(edition, table_of(edition, table))
    return _described(request, edition, found, "table.html")


def _described(
    request: Request,
    edition: Edition,
    content: BaseModel | list[TableItem],
    template: str,
    words: Mapping[str, object] = MappingProxyType({}),
) -> Response:
    """Send a description as JSON, or as a page for who likes that better."""
    as_page = prefers_page(request.headers.get("accept"))
    headers = {"ETag": tag(edition, PAGE_TYPE if as_page else RowFormat.json)}
    if is_known(request, headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if as_page:
        release = edition.release.release_id
        return page(template, {"content": content, "release": release, **words}, headers=headers)
    return JSONResponse(jsonable_encoder(content), headers=headers)
