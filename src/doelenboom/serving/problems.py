"""A refusal as an answer: one sentence in `application/problem+json` (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """What went wrong: the status and its name, and one sentence."""

    title: str
    status: int
    detail: str


class ProblemError(HTTPException):
    """A request is not answered: status, one sentence, headers that belong to it."""

    def __init__(
        self, status: int, sentence: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, sentence, headers)


def problem(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Write a refusal."""
    content = Problem(title=HTTPStatus(status).phrase, status=status, detail=sentence)
    return JSONResponse(content.model_dump(), status, headers, MEDIA_TYPE)


def handle_problems(app: FastAPI) -> None:
    """Have every error of an app answered in this form."""

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:]) or "the body"
        return problem(HTTPStatus.BAD_REQUEST, f"{place}: {first['msg']}")

    @app.exception_handler(HTTPException)
    async def _refused(_request: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, str(error.detail), error.headers)

    @app.exception_handler(Exception)
    async def _unknown(_request: Request, error: Exception) -> JSONResponse:
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The server met an error of its own")
