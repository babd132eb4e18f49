"""The app as a whole: endpoints, their description, the guard before them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.types import ASGIApp

from doelenboom.serving import routes, rows
from doelenboom.serving.endpoint import Serving
from doelenboom.serving.guard import Guard
from doelenboom.serving.problems import Problem, handle_problems

DESCRIPTION = """Figures of Dutch municipalities, read only. Each answer comes from one release,
which its header `Doelenboom-Release` names; `release=` keeps to it."""


def make_app(serving: Serving, token: str) -> ASGIApp:
    """Make the app; its pool of queries starts and stops with it."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await serving.pool.start()
        try:
            yield
        finally:
            await serving.pool.stop()

    app = FastAPI(
        title="doelenboom",
        description=DESCRIPTION,
        version=version("doelenboom"),
        lifespan=lifespan,
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.serving = serving
    every = [*app.routes, *routes.router.routes, *rows.router.routes]
    app.include_router(routes.router)
    app.include_router(rows.router)
    handle_problems(app, every)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return Guard(app, token)


def _openapi(app: FastAPI) -> dict[str, Any]:
    """Describe the app with what FastAPI does not know: the guard, and the form of refusals."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        components = document["components"]
        refusal = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        components["schemas"] |= {**refusal.pop("$defs"), Problem.__name__: refusal}
        components["securitySchemes"] = {
            "bearer": {"type": "http", "scheme": "bearer"},
            "basic": {"type": "http", "scheme": "basic"},
        }
        document["security"] = [{"bearer": []}, {"basic": []}]
        app.openapi_schema = document
    return app.openapi_schema
