"""From a job to an answer over HTTP: its tag, the way to the next page, who has gone away."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import Request, Response

from doelenboom.serving.editions import Edition
from doelenboom.serving.formats import RowFormat, accepted
from doelenboom.serving.limits import MOST_ROWS
from doelenboom.serving.pool import BusyError, Pool
from doelenboom.serving.problems import ProblemError
from doelenboom.serving.worker import Answer, Job

RETRY_SECONDS = "1"


def wanted_format(request: Request, style: RowFormat | None) -> RowFormat:
    """Return the form that `format=` names, else the one that `Accept` likes best."""
    wanted = style or accepted(request.headers.get("accept"))
    if wanted is None:
        forms = ", ".join(form.media_type.partition(";")[0] for form in RowFormat)
        raise ProblemError(HTTPStatus.NOT_ACCEPTABLE, f"Accept names none of {forms}")
    return wanted


def tag(edition: Edition, style: RowFormat) -> str:
    """Name what an address gives in a form, as long as the release stands."""
    return f'"{edition.release.release_id}.{style}"'


def is_known(request: Request, etag: str) -> bool:
    """Tell whether the client says that it has this answer already."""
    if request.method not in ("GET", "HEAD"):
        return False
    given = request.headers.get("if-none-match", "")
    tags = [each.strip().removeprefix("W/") for each in given.split(",")]
    return etag in tags or tags == ["*"]


async def ask(request: Request, pool: Pool, job: Job, edition: Edition) -> Answer:
    """Have a query answered, unless its client goes away meanwhile.

    Raises `ProblemError` for every other end than an answer.
    """
    query = asyncio.ensure_future(pool.run(job))
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((query, gone), return_when=asyncio.FIRST_COMPLETED)
        if not query.done():
            raise ProblemError(HTTPStatus.REQUEST_TIMEOUT, "The client has gone away")
        answer = query.result()
    except BusyError as error:
        raise ProblemError(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "Too many queries wait for their turn: try again",
            {"Retry-After": RETRY_SECONDS},
        ) from error
    finally:
        for task in (query, gone):
            task.cancel()
        await asyncio.gather(query, gone, return_exceptions=True)
    _refuse(answer, edition)
    return answer


def refuse_more(answer: Answer) -> None:
    """Refuse an answer that would have to be cut short."""
    if answer.more:
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"The answer has more than {MOST_ROWS} rows: say which with LIMIT and OFFSET",
        )


def rows(answer: Answer, style: RowFormat, headers: Mapping[str, str]) -> Response:
    """Send the rows of an answer."""
    return Response(answer.body, media_type=style.media_type, headers=dict(headers))


def _refuse(answer: Answer, edition: Edition) -> None:
    match answer.outcome:
        case "too_much":
            raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, answer.sentence)
        case "refused" if not edition.release.database.is_file():
            raise removed(edition.release.release_id)
        case "refused":
            raise ProblemError(HTTPStatus.BAD_REQUEST, answer.sentence)


def removed(release_id: str) -> ProblemError:
    """Say that a release is not there."""
    return ProblemError(
        HTTPStatus.GONE, f"Release {release_id} is not, or no longer, kept: /releases lists them"
    )


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
