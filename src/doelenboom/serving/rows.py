"""Rows: pages of a table, and answers to SQL."""

from collections import Counter
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from doelenboom.errors import RefusedError
from doelenboom.serving.answers import (
    TO_LESS,
    ask,
    is_known,
    refuse_more,
    refuse_too_large,
    rows,
    tag,
)
from doelenboom.serving.editions import Edition
from doelenboom.serving.endpoint import (
    NO_TABLE,
    QUERIED,
    Chosen,
    Format,
    Serving,
    Shared,
    TableName,
    readable,
    table_of,
)
from doelenboom.serving.filters import Filter, page
from doelenboom.serving.formats import PAGE_TYPE, RowFormat
from doelenboom.serving.limits import DEFAULT_ROWS, MOST_ROWS, MOST_SQL_IN_ADDRESS
from doelenboom.serving.problems import ProblemError, Way, way_to_table
from doelenboom.serving.rows_page import MOST_PAGE_BYTES, form_of, rows_page
from doelenboom.serving.shapes import EXAMPLE_SQL, Statement
from doelenboom.serving.worker import Job

MOST_OFFSET = 10**12
PAGE_PARAMETERS = frozenset({"select", "order", "limit", "offset", "release", "format"})
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
            "example": {"fiscal_year": "gte.2018"},
        }
    ]
}

router = APIRouter()


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
    table: TableName,
    *,
    style: Format = None,
    select: Annotated[
        str | None,
        Query(
            description="Columns, as a,b. Default: all.", examples=["municipality_code,fiscal_year"]
        ),
    ] = None,
    order: Annotated[
        str | None,
        Query(description="As a.desc,b. Default: the key.", examples=["fiscal_year.desc"]),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = DEFAULT_ROWS,
    offset: Annotated[int, Query(ge=0, le=MOST_OFFSET)] = 0,
) -> Response:
    """Send rows of a table: those that pass the filters, a page at a time.

    A header `Link` leads to the next page, of the same release. Without any parameter but
    `format` and `release`, Parquet is the whole table, the sealed file of the release.
    """
    shape = table_of(edition, table)
    form, as_page = form_of(request, style)
    headers = {"ETag": tag(edition, PAGE_TYPE if as_page else form)}
    asked = _parameters(request)
    filters = [pair for pair in asked if pair[0] not in PAGE_PARAMETERS]
    try:
        selection = page(shape, filters, select, order, limit=limit + 1, offset=offset)
    except RefusedError as error:
        raise ProblemError(HTTPStatus.BAD_REQUEST, str(error)) from error
    if is_known(request, headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if form is RowFormat.parquet and {name for name, _ in asked} <= {"format", "release"}:
        with readable():
            path = await shared.editions.parquet(edition, table)
        return FileResponse(path, media_type=form.media_type, headers=headers)
    smaller = _smaller(request, edition, table, asked, limit)
    if form is RowFormat.json and not filters:
        count = min(limit, max(0, edition.rows_of(table) - offset))
        refuse_too_large(count, selection.columns, smaller)
    database, bound = str(edition.release.database), list(selection.values)
    job = Job(database, selection.sql, bound, form, limit, free=False)
    answer = await ask(request, shared.pool, job, edition, smaller)
    following = _address(request, edition, asked, offset=offset + limit) if answer.more else ""
    if following:
        headers["Link"] = f'<{following}>; rel="next"'
    if as_page and answer.size <= MOST_PAGE_BYTES:
        shown = await rows_page(answer, headers, edition, shape, following)
        return shared.outgoing.from_disk(shown)
    return rows(answer, form, headers, shared.outgoing)


def _parameters(request: Request) -> list[Filter]:
    """Return the query of an address. Only a filter may come twice."""
    parameters = request.query_params.multi_items()
    for name, count in Counter(name for name, _ in parameters).items():
        if count > 1 and name in PAGE_PARAMETERS:
            raise ProblemError(HTTPStatus.BAD_REQUEST, f"{name} is given {count} times")
    return parameters


def _address(request: Request, edition: Edition, asked: list[Filter], **changed: int) -> str:
    """Write the address of a request, of the same release, with other numbers in it."""
    kept = [pair for pair in asked if pair[0] not in (*changed, "release")]
    query = urlencode([*kept, *changed.items(), ("release", edition.release.release_id)])
    return f"{request.url.path}?{query}"


def _smaller(
    request: Request, edition: Edition, table: str, asked: list[Filter], limit: int
) -> list[Way]:
    """Lead on from a page that is too large: fewer rows at a time, or the sealed file."""
    fewer = _address(request, edition, asked, limit=max(1, limit // 10))
    whole = f"/tables/{table}/rows?format=parquet"
    return [
        Way(label=f"The same, {max(1, limit // 10)} rows at a time", url=fewer),
        Way(label="The whole table as Parquet, without limit", url=whole),
        way_to_table(table),
    ]


@router.get("/query", responses=QUERIED, response_class=Response)
async def query(
    request: Request,
    shared: Shared,
    edition: Chosen,
    sql: Annotated[
        str,
        Query(
            max_length=MOST_SQL_IN_ADDRESS,
            description="A statement that reads; a longer one is for POST.",
            examples=[EXAMPLE_SQL],
        ),
    ],
    style: Format = None,
) -> Response:
    """Ask in SQL, in the address."""
    return await _query(request, shared, edition, sql, style)


@router.post("/query", responses=QUERIED, response_class=Response)
async def query_post(
    request: Request, shared: Shared, edition: Chosen, statement: Statement, style: Format = None
) -> Response:
    """Ask in SQL, in the body."""
    return await _query(request, shared, edition, statement.sql, style)


async def _query(
    request: Request, shared: Serving, edition: Edition, sql: str, style: RowFormat | None
) -> Response:
    form, as_page = form_of(request, style)
    etag = tag(edition, PAGE_TYPE if as_page else form)
    headers = {"ETag": etag} if request.method == "GET" else {}
    if headers and is_known(request, etag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    job = Job(str(edition.release.database), sql, [], form, MOST_ROWS, free=True)
    answer = await ask(request, shared.pool, job, edition, TO_LESS)
    refuse_more(answer)
    if as_page and answer.size <= MOST_PAGE_BYTES:
        return shared.outgoing.from_disk(await rows_page(answer, headers, edition))
    return rows(answer, form, headers, shared.outgoing)
