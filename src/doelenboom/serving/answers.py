"""From a job to an answer over HTTP: its tag, the way to the next page, who has gone away."""

import asyncio
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from fastapi import Request, Response

from doelenboom.row_text import json_overhead
from doelenboom.serving.editions import Edition
from doelenboom.serving.formats import RowFormat, accepted
from doelenboom.serving.limits import MOST_BYTES, MOST_ROWS, QUERIES
from doelenboom.serving.outgoing import Outgoing, Sent
from doelenboom.serving.pool import BusyError, Pool, Reply
from doelenboom.serving.problems import RELEASES, START, TABLES, ProblemError, Way
from doelenboom.serving.worker import Job

RETRY_SECONDS = "1"

TO_LESS = (Way(label="The limits", url="/#grenzen"), TABLES, START)
"""Where to go on from a statement that takes too much."""


def wanted_format(request: Request, style: RowFormat | None) -> RowFormat:
    """Return the form that `format=` names, else the one that `Accept` likes best."""
    wanted = style or accepted(request.headers.get("accept"))
    if wanted is None:
        forms = ", ".join(form.media_type.partition(";")[0] for form in RowFormat)
        raise ProblemError(HTTPStatus.NOT_ACCEPTABLE, f"Accept names none of {forms}")
    return wanted


def tag(edition: Edition, style: str) -> str:
    """Name what an address gives in a form, as long as the release stands."""
    return f'"{edition.release.release_id}.{style}"'


def is_known(request: Request, etag: str) -> bool:
    """Tell whether the client says that it has this answer already."""
    if request.method not in ("GET", "HEAD"):
        return False
    given = request.headers.get("if-none-match", "")
    tags = [each.strip().removeprefix("W/") for each in given.split(",")]
    return etag in tags or tags == ["*"]


async def ask(
    request: Request, pool: Pool, job: Job, edition: Edition, smaller: Sequence[Way]
) -> Reply:
    """Have a query answered, unless its client goes away meanwhile.

    `smaller` are the ways on when it takes too much. Raises `ProblemError` for every other end
    than an answer.
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
            f"Too many queries wait for their turn ({QUERIES} run at once): try again after"
            f" {RETRY_SECONDS} s",
            {"Retry-After": RETRY_SECONDS},
        ) from error
    finally:
        for task in (query, gone):
            task.cancel()
        await asyncio.gather(query, gone, return_exceptions=True)
    _refuse(answer, edition, smaller)
    return answer


def refuse_more(answer: Reply) -> None:
    """Refuse an answer that would have to be cut short."""
    if answer.more:
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"The answer has more than {MOST_ROWS} rows: say which with LIMIT and OFFSET",
            ways=TO_LESS,
        )


def refuse_too_large(count: int, names: Sequence[str], smaller: Sequence[Way]) -> None:
    """Refuse rows, before they are asked, that as JSON cannot fit whatever they hold."""
    if count * json_overhead(names) > MOST_BYTES:
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"{count} rows of {len(names)} columns are more than {MOST_BYTES >> 20} MB as JSON:"
            " ask for fewer rows or columns, or the whole table as Parquet",
            ways=smaller,
        )


def rows(
    answer: Reply, style: RowFormat, headers: Mapping[str, str], outgoing: Outgoing
) -> Response:
    """Send the rows of an answer."""
    return Sent(outgoing, answer.body, answer.size, style.media_type, headers)


def _refuse(answer: Reply, edition: Edition, smaller: Sequence[Way]) -> None:
    match answer.outcome:
        case "too_much":
            raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, answer.sentence, ways=smaller)
        case "refused" if not edition.release.database.is_file():
            raise removed(edition.release.release_id)
        case "refused":
            raise ProblemError(HTTPStatus.BAD_REQUEST, answer.sentence)


def removed(release_id: str) -> ProblemError:
    """Say that a release is not there."""
    return ProblemError(
        HTTPStatus.GONE,
        f"Release {release_id} is not, or no longer, kept: /releases lists them",
        ways=[RELEASES, START],
    )


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
