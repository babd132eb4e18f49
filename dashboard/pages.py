"""A page: a template filled with rows, at an address, with relative links that work from a folder.

Everything is escaped, and a field that a template names and nobody gave stops the page.
"""

import posixpath
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from dashboard import figures

TEMPLATES = Path(__file__).with_name("templates")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:"
)

FILTERS = (
    *("amount", "day", "exact", "exact_signed", "measured", "millions", "number"),
    *("signed", "signed_millions"),
)

UNSAFE_IN_ADDRESS = re.compile(r"[^a-z0-9.]+")

HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
"""Characters without a shape, and those that turn the direction of what follows."""


@dataclass(frozen=True)
class Page:
    """A file of the site: its address from the root of the site, and what is in it."""

    path: str
    text: str


class Pages:
    """The templates. No page names its release: it is the same file in the next where it can be."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            auto_reload=False,
            undefined=StrictUndefined,
            finalize=figures.without_null,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        for name in FILTERS:
            self._environment.filters[name] = getattr(figures, name)
        self._environment.filters.update(name=name_in_page, plain=without_hidden, slug=slug)
        self._environment.filters["line_numbers"] = line_numbers
        self._environment.filters["lower_first"] = lower_first
        self._environment.globals.update(to=_link, policy=POLICY, figure=figure)

    def page(self, template: str, path: str, **fields: Any) -> Page:
        """Fill a template. Raises `ValueError` for a null, `UndefinedError` for a missing field."""
        return Page(path, self._environment.get_template(template).render(path=path, **fields))


def relative(path: str, target: str) -> str:
    """Write the address of one page as a link on another; both from the root of the site."""
    file, mark, place = target.partition("#")
    if file == path or not file:
        return f"{mark}{place}" or posixpath.basename(path)
    return posixpath.relpath(file, posixpath.dirname(path) or ".") + mark + place


@pass_context
def _link(context: Context, target: str) -> str:
    return relative(str(context["path"]), target)


def slug(code: str) -> str:
    """Make a part of an address from a code, safe as the name of a file and different for each."""
    plain = UNSAFE_IN_ADDRESS.sub("-", code.lower()).strip("-.")[:60]
    if plain and plain == code:
        return plain
    return f"{plain or 'x'}-{sha256(code.encode('utf-8', 'replace')).hexdigest()[:6]}"


def without_hidden(text: str) -> str:
    """Write a name where there is no markup, as in a title: on one line, in one direction."""
    return " ".join(HIDDEN.sub(" ", text).split())


def name_in_page(text: str) -> Markup:
    """Write a name as printed, whatever its direction, so that it turns nothing around it."""
    return Markup("<bdi>{}</bdi>").format(text)


def figure(
    value: figures.Figure | None, signed: bool = False, status: str = "niet gepubliceerd"
) -> str:
    """Write a figure of a table, or in words why it is missing."""
    if value is None:
        return Markup('<span class="missing">{}</span>').format(figures.without_null(status))
    return figures.signed(value) if signed else figures.number(value)


def line_numbers(lines: str) -> list[int]:
    """Read the numbers in a list of lines, however it is written: `60, 423`, `6|8`, `6-21`."""
    return [int(number) for number in re.findall(r"\d+", lines)]


def lower_first(text: str) -> str:
    """Write a sentence as the second half of one, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
