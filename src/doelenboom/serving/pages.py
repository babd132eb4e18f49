"""Pages for people: what the JSON answers say, in Dutch.

A page has no scripts and loads nothing: its style stands in it, and its policy allows that alone.
"""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.types import Scope

from doelenboom.publication.release_times import moment_of


def page(
    template: str,
    words: Mapping[str, object],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Fill in a template; every word is escaped."""
    text = _templates().get_template(template).render(words)
    return HTMLResponse(text, status, {**(headers or {}), "Content-Security-Policy": _policy()})


def accept_of(scope: Scope) -> str | None:
    """Return what a request says that it accepts."""
    return Headers(scope=scope).get("accept")


def thousands(number: int) -> str:
    """Write a whole number the Dutch way: 9.537.680."""
    return f"{number:,}".replace(",", ".")


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("doelenboom.serving"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["style"] = Markup(_style())
    made.filters["thousands"] = thousands
    made.filters["moment_of"] = moment_of
    return made


@cache
def _style() -> str:
    loader = PackageLoader("doelenboom.serving")
    return loader.get_source(Environment(autoescape=True), "page.css")[0]


@cache
def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none';"
        " form-action 'none'; frame-ancestors 'none'"
    )
