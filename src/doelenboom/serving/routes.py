"""The endpoints: each chooses one release at its start and answers from it alone."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import FileResponse, JSONResponse

from doelenboom.errors import RefusedError
from doelenboom.publication.export.datapackage import parquet_path
from doelenboom.publication.reading.releases import list_releases
from doelenboom.publication.release_times import RELEASE_ID
from doelenboom.serving.answers import ask, is_known, refuse_more, removed, rows, tag, wanted_format
from doelenboom.serving.editions import Edition, Editions
from doelenboom.serving.filters import Filter, page
from doelenboom.serving.formats import MEDIA_TYPES, RowFormat
from doelenboom.serving.limits import DEFAULT_ROWS, MOST_ROWS, MOST_SQL
from doelenboom.serving.pool import Pool
from doelenboom.serving.problems import MEDIA_TYPE as PROBLEM_TYPE
from doelenboom.serving.problems import Problem, ProblemError
from doelenboom.serving.shapes import (
    Health,
    ReleaseItem,
    Statement,
    TableDescription,
    TableItem,
    table_description,
    table_item,
)
from doelenboom.serving.worker import Job
from doelenboom.storage.tables import Table

NOTHING_YET = "Nothing is published yet: run `doelenboom run` first"
MOST_OFFSET = 10**12
PAGE_PARAMETERS = frozenset({"select", "order", "limit", "offset", "release", "format"})


@dataclass(frozen=True)
class Serving:
    """What the endpoints share."""

    editions: Editions
    pool: Pool


async def serving(request: Request) -> Serving:
    """Return what the app of a request was made with."""
    shared: Serving = request.app.state.serving
    return shared


async def current(request: Request, shared: Annotated[Serving, Depends(serving)]) -> Edition:
    """Choose the release that is published now."""
    try:
        edition = await shared.editions.current()
    except RefusedError as error:
        raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "The release cannot be read") from error
    if edition is None:
        raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, NOTHING_YET, {"Retry-After": "60"})
    request.state.release = edition.release.release_id
    return edition


async def chosen(
    request: Request,
    shared: Annotated[Serving, Depends(serving)],
    release: Annotated[
        str | None,
        Query(pattern=f"^{RELEASE_ID.pattern}$", description="Answer from this release."),
    ] = None,
) -> Edition:
    """Choose the release that is named, else the one that is published now."""
    if release is None:
        return await current(request, shared)
    try:
        edition = await shared.editions.named(release)
    except RefusedError as error:
        raise removed(release) from error
    if edition is None:
        raise removed(release)
    request.state.release = release
    return edition


Shared = Annotated[Serving, Depends(serving)]
Current = Annotated[Edition, Depends(current)]
Chosen = Annotated[Edition, Depends(chosen)]
Format = Annotated[
    RowFormat | None, Query(alias="format", description="The form, before what Accept says.")
]


def _problems(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    schema = {"$ref": f"#/components/schemas/{Problem.__name__}"}
    content = {PROBLEM_TYPE: {"schema": schema}}
    return {int(status): {"description": status.phrase, "content": content} for status in statuses}


UNAVAILABLE = _problems(HTTPStatus.SERVICE_UNAVAILABLE)
SHUT = {**_problems(HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED), **UNAVAILABLE}
PINNED = {**SHUT, **_problems(HTTPStatus.GONE), 304: {"description": "Not Modified"}}
NO_TABLE = _problems(HTTPStatus.NOT_FOUND)
QUERIED = {
    **PINNED,
    **_problems(
        HTTPStatus.NOT_ACCEPTABLE,
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
    200: {
        "description": "Rows",
        "content": {
            MEDIA_TYPES["json"]: {
                "schema": {"type": "array", "items": {"type": "object"}},
            },
            MEDIA_TYPES["csv"]: {"schema": {"type": "string"}},
            MEDIA_TYPES["parquet"]: {"schema": {"type": "string", "format": "binary"}},
        },
    },
}
FILTERS = {
    "parameters": [
        {
            "name": "filters",
            "in": "query",
            "style": "form",
            "explode": True,
            "description": "column=operator.value: eq, neq, gt, gte, lt, lte, in.(a,b), is.null,"
            " is.not_null; a value alone is to be equal.",
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
        }
    ]
}

router = APIRouter()


@router.get("/health", responses=UNAVAILABLE, openapi_extra={"security": []})
async def health(edition: Current) -> Health:
    """Say which release answers; needs no token."""
    return Health(release=edition.release.release_id)


@router.get("/releases", responses=SHUT)
async def releases(shared: Shared, edition: Current) -> list[ReleaseItem]:
    """List the releases that can be named, the newest first."""
    found = await asyncio.to_thread(list_releases, shared.editions.releases_dir)
    return [
        ReleaseItem(
            release=each.release_id,
            run_date=each.run_date,
            tables=len(each.tables),
            content_hash=each.content_hash,
            current=each.release_id == edition.release.release_id,
        )
        for each in found
    ]


@router.get("/tables", responses=PINNED, response_model=list[TableItem])
async def tables(request: Request, edition: Chosen) -> Response:
    """List the tables of a release."""
    items = [table_item(edition, table).model_dump() for table in edition.tables.values()]
    return _described(request, edition, items)


@router.get("/tables/{table}", responses={**PINNED, **NO_TABLE}, response_model=TableDescription)
async def table(request: Request, edition: Chosen, table: str) -> Response:
    """Describe a table and its columns."""
    found = table_description(edition, _table(edition, table))
    return _described(request, edition, found.model_dump())


def _described(request: Request, edition: Edition, content: object) -> Response:
    etag = tag(edition, RowFormat.json)
    if is_known(request, etag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
    return JSONResponse(content, headers={"ETag": etag})


def _table(edition: Edition, name: str) -> Table:
    found = edition.tables.get(name)
    if found is None:
        raise ProblemError(
            HTTPStatus.NOT_FOUND, f"There is no table {name!r} here: /tables lists them"
        )
    return found


@router.head("/tables/{table}/rows", include_in_schema=False)
@router.get(
    "/tables/{table}/rows",
    responses={**QUERIED, **NO_TABLE},
    response_class=Response,
    openapi_extra=FILTERS,
)
async def table_rows(
    request: Request,
    shared: Shared,
    edition: Chosen,
    table: str,
    *,
    style: Format = None,
    select: Annotated[str | None, Query(description="Columns, as a,b. Default: all.")] = None,
    order: Annotated[str | None, Query(description="As a.desc,b. Default: the key.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = DEFAULT_ROWS,
    offset: Annotated[int, Query(ge=0, le=MOST_OFFSET)] = 0,
) -> Response:
    """Send rows of a table: those that pass the filters, a page at a time.

    A header `Link` leads to the next page, of the same release. Without any parameter but
    `format` and `release`, Parquet is the whole table, the sealed file of the release.
    """
    shape = _table(edition, table)
    form = wanted_format(request, style)
    headers = {"ETag": tag(edition, form)}
    parameters = _parameters(request)
    filters = [pair for pair in parameters if pair[0] not in PAGE_PARAMETERS]
    try:
        selection = page(shape, filters, select, order)
    except RefusedError as error:
        raise ProblemError(HTTPStatus.BAD_REQUEST, str(error)) from error
    if is_known(request, headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if form is RowFormat.parquet and {name for name, _ in parameters} <= {"format", "release"}:
        path = edition.release.folder / parquet_path(table)
        return FileResponse(path, media_type=form.media_type, headers=headers)
    sql = f"{selection.sql} limit {limit + 1} offset {offset}"
    job = Job(str(edition.release.database), sql, list(selection.values), form, limit, free=False)
    answer = await ask(request, shared.pool, job, edition)
    if answer.more:
        headers["Link"] = _next(request, edition, parameters, offset + limit)
    return rows(answer, form, headers)


def _parameters(request: Request) -> list[Filter]:
    """Return the query of an address. Only a filter may come twice."""
    parameters = request.query_params.multi_items()
    for name, count in Counter(name for name, _ in parameters).items():
        if count > 1 and name in PAGE_PARAMETERS:
            raise ProblemError(HTTPStatus.BAD_REQUEST, f"{name} is given {count} times")
    return parameters


def _next(request: Request, edition: Edition, parameters: list[Filter], offset: int) -> str:
    """Write the link to the next page, relative to this server, of the same release."""
    kept = [pair for pair in parameters if pair[0] not in ("offset", "release")]
    query = urlencode([*kept, ("offset", str(offset)), ("release", edition.release.release_id)])
    return f'<{request.url.path}?{query}>; rel="next"'


@router.get("/query", responses=QUERIED, response_class=Response)
async def query(
    request: Request,
    shared: Shared,
    edition: Chosen,
    sql: Annotated[str, Query(max_length=MOST_SQL, description="A statement that reads.")],
    style: Format = None,
) -> Response:
    """Ask in SQL, in the address."""
    return await _query(request, shared, edition, sql, wanted_format(request, style))


@router.post("/query", responses=QUERIED, response_class=Response)
async def query_post(
    request: Request, shared: Shared, edition: Chosen, statement: Statement, style: Format = None
) -> Response:
    """Ask in SQL, in the body."""
    return await _query(request, shared, edition, statement.sql, wanted_format(request, style))


async def _query(
    request: Request, shared: Serving, edition: Edition, sql: str, form: RowFormat
) -> Response:
    headers = {"ETag": tag(edition, form)} if request.method == "GET" else {}
    if headers and is_known(request, headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    job = Job(str(edition.release.database), sql, [], form, MOST_ROWS, free=True)
    answer = await ask(request, shared.pool, job, edition)
    refuse_more(answer)
    return rows(answer, form, headers)
