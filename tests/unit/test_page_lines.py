"""A line of a document with pages is told by its page, and a document without by its number."""

import pytest

from doelenboom.page_lines import page_and_line, place_nl, read, written

PAGES = (1, 49, 97)


@pytest.mark.parametrize(
    ("line", "place"), [(1, (1, 1)), (48, (1, 48)), (49, (2, 1)), (96, (2, 48)), (500, (3, 404))]
)
def test_each_line_is_on_one_page(line: int, place: tuple[int, int]) -> None:
    assert page_and_line(line, PAGES) == place


def test_a_place_is_told_in_dutch() -> None:
    assert place_nl(50, PAGES) == "bladzijde 2, regel 2"
    assert place_nl(50, ()) == "regel 50"


def test_pages_are_read_as_they_were_written() -> None:
    assert read(written(PAGES)) == PAGES
    assert read(written(())) == read(None) == ()
