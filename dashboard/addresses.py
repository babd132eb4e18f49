"""Where each page stands, from the root of the site: codes, and always with `.html`."""

from dashboard.marts import Row
from dashboard.pages import slug

LINES_ON_A_PAGE = 100


def municipality_path(municipality_code: str) -> str:
    """Name the page of a municipality."""
    return f"gemeente/{slug(municipality_code.lower())}/index.html"


def position_path(municipality_code: str) -> str:
    """Name the page of a municipality's finances."""
    return f"gemeente/{slug(municipality_code.lower())}/financien.html"


def compare_path(municipality_code: str) -> str:
    """Name the page that compares a municipality, which needs no script."""
    return f"vergelijken/{slug(municipality_code.lower())}.html"


def map_path(subject_code: str) -> str:
    """Name the page with the map of a main measure."""
    return f"kaart/{subject_code}.html"


def programme_path(row: Row, kind: str = "programma") -> str:
    """Name a page of a programme: `programma`, `doelenboom`, `indicatoren` and others."""
    place = f"gemeente/{slug(row['municipality_code'].lower())}/{row['fiscal_year']}"
    return f"{place}/{kind}-{slug(row['programme_code'])}.html"


def line_path(document: str, line: int) -> str:
    """Name the place that shows what was read from a line of a document."""
    return f"{lines_path(document, line)}#r{line}"


def lines_path(document: str, line: int) -> str:
    """Name the page with a hundred lines of a document that a line is among."""
    first = (line - 1) // LINES_ON_A_PAGE * LINES_ON_A_PAGE + 1
    return f"herkomst/{slug(document)}/{first}.html"
