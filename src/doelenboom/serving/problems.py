"""A refusal as an answer: one sentence and the way on, as problem+json (RFC 9457) or as a page."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Route
from starlette.types import Scope

from doelenboom.errors import LONGEST_SENTENCE, in_one_line, nearest, nearest_names
from doelenboom.serving.formats import prefers_page
from doelenboom.serving.pages import accept_of, page

MEDIA_TYPE = "application/problem+json"
MOST_SHOWN = 61
"""Characters of what was given that a sentence repeats."""

SENTENCES = {
    "missing": "is not given, and has no default",
    "json_invalid": 'is no JSON: expected {"sql": "SELECT …"}',
    "model_attributes_type": 'is no JSON object of Content-Type application/json: expected {"sql":'
    ' "SELECT …"}',
    "string_pattern_mismatch": "expected the id of a release, as 20260102T013000Z-0123abcd",
}
"""By pydantic's name of an error, what it is here; else its own words."""


class Way(BaseModel):
    """Where to go on: what is there, and its address on this server."""

    label: str
    url: str


class Problem(BaseModel):
    """What went wrong: the status and its name, one sentence, and the ways on."""

    title: str
    status: int
    detail: str
    next: list[Way] = Field(description="Where to go on; the first is the nearest")


START = Way(label="What there is here, how to ask it, and the limits", url="/")
AGAIN = Way(label="The start, with the token", url="/")
TABLES = Way(label="The tables", url="/tables")
RELEASES = Way(label="The releases that can be named", url="/releases")
HEALTH = Way(label="Which release answers; needs no token", url="/health")
EXAMPLE = Way(
    label="A statement that works: the names of all columns",
    url="/query?sql=from%20information_schema.columns",
)


class ProblemError(HTTPException):
    """A request is not answered: status, one sentence, headers that belong to it, ways on."""

    def __init__(
        self,
        status: int,
        sentence: str,
        headers: Mapping[str, str] | None = None,
        ways: Iterable[Way] = (),
    ) -> None:
        super().__init__(status, sentence, headers)
        self.ways = list(ways)


def way_to_table(name: str) -> Way:
    """Lead to a table and its columns."""
    return Way(label=f"Table {name} and its columns", url=f"/tables/{quote(name, safe='')}")


def problem(scope: Scope, error: HTTPException) -> Response:
    """Write a refusal, as a page for who likes that better."""
    ways = getattr(error, "ways", None) or _ways(scope["path"])
    content = Problem(
        title=HTTPStatus(error.status_code).phrase,
        status=error.status_code,
        detail=in_one_line(str(error.detail), LONGEST_SENTENCE),
        next=ways,
    )
    if prefers_page(accept_of(scope)):
        return page("problem.html", {"problem": content}, error.status_code, error.headers)
    return JSONResponse(content.model_dump(), error.status_code, error.headers, MEDIA_TYPE)


def _ways(path: str) -> list[Way]:
    """Lead on from an address that exists."""
    match path.split("/"):
        case ["", "tables", name, *_] if 0 < len(name) <= MOST_SHOWN:
            return [way_to_table(name), TABLES, START]
        case ["", "query"]:
            return [EXAMPLE, TABLES, START]
        case _:
            return [START]


def handle_problems(app: FastAPI, routes: Sequence[BaseRoute]) -> None:
    """Have every error of an app answered in this form; `routes` are all that it has."""

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        sentence = _sentence(error.errors()[0])
        return problem(request.scope, ProblemError(HTTPStatus.BAD_REQUEST, sentence))

    @app.exception_handler(HTTPException)
    async def _refused(request: Request, error: HTTPException) -> Response:
        if not isinstance(error, ProblemError):
            error = _of_router(routes, request, error)
        return problem(request.scope, error)

    @app.exception_handler(Exception)
    async def _unknown(request: Request, error: Exception) -> Response:
        status, sentence = HTTPStatus.INTERNAL_SERVER_ERROR, "The server met an error of its own"
        return problem(request.scope, ProblemError(status, sentence))


def _sentence(error: Mapping[str, Any]) -> str:
    """Say in one sentence what a parameter is and what was expected."""
    place = ".".join(str(part) for part in error["loc"][1:])
    if error["loc"][0] == "body" and error["type"] != "string_too_long":
        place = "The body" + (f", {place}," if place and error["type"] != "json_invalid" else "")
    elif isinstance(error["input"], str):
        place += f"={in_one_line(error['input'], MOST_SHOWN)}:"
    words = SENTENCES.get(error["type"])
    if words is None:
        words = str(error["msg"]).partition(", unable")[0].replace("Input should be", "expected")
        words = words.replace("String should have", "expected")
    return f"{place} {words}"


def _of_router(
    all_routes: Sequence[BaseRoute], request: Request, error: HTTPException
) -> ProblemError:
    """Say which addresses or methods there are, where the router says only that it has none."""
    path = request.scope["path"]
    shown, method = (in_one_line(text, MOST_SHOWN) for text in (path, request.method))
    routes = [route for route in all_routes if isinstance(route, Route)]
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        here = [route.methods or () for route in routes if route.path_regex.match(path)]
        allowed = ", ".join(sorted({method for methods in here for method in methods}))
        return ProblemError(
            error.status_code,
            f"{method} is not possible at {shown}: expected {allowed}",
            {"Allow": allowed},
        )
    if error.status_code != HTTPStatus.NOT_FOUND:
        return ProblemError(error.status_code, str(error.detail), error.headers)
    known = sorted({route.path for route in routes if "{" not in route.path} - {"/"})
    return ProblemError(
        error.status_code,
        f"There is nothing at {shown}{nearest(path, known)}",
        ways=[*(Way(label=each, url=each) for each in nearest_names(path, known)), START],
    )
