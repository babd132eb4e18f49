"""Which form a request asks for."""

import pytest

from doelenboom.serving.formats import RowFormat, accepted, prefers_page


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, RowFormat.json),
        ("*/*", RowFormat.json),
        ("text/html,application/xhtml+xml,*/*;q=0.8", RowFormat.json),
        ("text/csv", RowFormat.csv),
        ("text/*", RowFormat.csv),
        ("application/json;q=0.5, text/csv", RowFormat.csv),
        ("application/vnd.apache.parquet, */*;q=0.1", RowFormat.parquet),
        ("application/json;q=0, */*", RowFormat.csv),
        ("text/csv;q=x", None),
        ("image/png", None),
        ("*/*;q=0", None),
    ],
)
def test_the_form_is_the_one_liked_best(accept: str | None, form: RowFormat | None) -> None:
    assert accepted(accept) is form


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("text/html", True),
        ("text/html, application/json", False),
        ("application/json", False),
        ("text/*", False),
        ("*/*", False),
        (None, False),
    ],
)
def test_a_page_is_for_who_names_it_and_likes_it_better(accept: str | None, page: bool) -> None:
    assert prefers_page(accept) is page
