"""What endpoints share: the release that a request is answered from, and the forms of answers."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request

from doelenboom.errors import RefusedError, nearest, nearest_names
from doelenboom.publication.release_times import RELEASE_ID
from doelenboom.serving.answers import RETRY_SECONDS, removed
from doelenboom.serving.editions import DamagedError, Edition, Editions
from doelenboom.serving.formats import MEDIA_TYPES, PAGE_TYPE, RowFormat
from doelenboom.serving.outgoing import Outgoing
from doelenboom.serving.pool import Pool
from doelenboom.serving.problems import (
    HEALTH,
    RELEASES,
    TABLES,
    Problem,
    ProblemError,
    way_to_table,
)
from doelenboom.serving.problems import MEDIA_TYPE as PROBLEM_TYPE
from doelenboom.storage.tables import Table

logger = logging.getLogger(__name__)

NOTHING_YET = "Nothing is published yet: run `doelenboom run` first"


@dataclass(frozen=True)
class Serving:
    """What the endpoints share."""

    editions: Editions
    pool: Pool
    outgoing: Outgoing


async def serving(request: Request) -> Serving:
    """Return what the app of a request was made with."""
    shared: Serving = request.app.state.serving
    return shared


@contextmanager
def readable() -> Iterator[None]:
    """Say why a release cannot be read, or not yet; the log has it with the names of files."""
    try:
        yield
    except TimeoutError as error:
        raise ProblemError(
            HTTPStatus.SERVICE_UNAVAILABLE,
            f"The release is still being read: try again after {RETRY_SECONDS} s",
            {"Retry-After": RETRY_SECONDS},
            [HEALTH],
        ) from error
    except (DamagedError, RefusedError) as error:
        logger.error("%s", error.__cause__ or error)
        known = isinstance(error, DamagedError)
        sentence = str(error) if known else "The release cannot be read"
        raise ProblemError(
            HTTPStatus.SERVICE_UNAVAILABLE, sentence, ways=[RELEASES, HEALTH]
        ) from error


async def current(request: Request, shared: Annotated[Serving, Depends(serving)]) -> Edition:
    """Choose the release that is published now."""
    with readable():
        edition = await shared.editions.current()
    if edition is None:
        raise ProblemError(
            HTTPStatus.SERVICE_UNAVAILABLE, NOTHING_YET, {"Retry-After": "60"}, [HEALTH]
        )
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
    with readable():
        edition = await shared.editions.named(release)
    if edition is None:
        raise removed(release)
    request.state.release = release
    return edition


Shared = Annotated[Serving, Depends(serving)]
Current = Annotated[Edition, Depends(current)]
Chosen = Annotated[Edition, Depends(chosen)]
TableName = Annotated[str, Path(examples=["programme_results"])]
Format = Annotated[
    RowFormat | None, Query(alias="format", description="The form, before what Accept says.")
]


A_PAGE = {"schema": {"type": "string"}}


def _problems(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    schema = {"$ref": f"#/components/schemas/{Problem.__name__}"}
    content = {PROBLEM_TYPE: {"schema": schema}, PAGE_TYPE: A_PAGE}
    return {int(status): {"description": status.phrase, "content": content} for status in statuses}


UNAVAILABLE = _problems(HTTPStatus.SERVICE_UNAVAILABLE)
SHUT = {**_problems(HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED), **UNAVAILABLE}
PINNED = {**SHUT, **_problems(HTTPStatus.GONE), 304: {"description": "Not Modified"}}
DESCRIBED = {
    **PINNED,
    200: {
        "description": "The same as a page",
        "content": {PAGE_TYPE: A_PAGE},
    },
}
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
            PAGE_TYPE: A_PAGE,
            MEDIA_TYPES["parquet"]: {"schema": {"type": "string", "format": "binary"}},
        },
    },
}


def table_of(edition: Edition, name: str) -> Table:
    """Return the shape of a table. Raises `ProblemError` when the release has none of that name."""
    found = edition.tables.get(name)
    if found is None:
        near = nearest_names(name, edition.tables)
        raise ProblemError(
            HTTPStatus.NOT_FOUND,
            f"There is no table {name[:100]!r} here, /tables lists them"
            f"{nearest(name, edition.tables)}",
            ways=[*map(way_to_table, near), TABLES],
        )
    return found
