"""Pages: safe names, links that work from a folder, nothing unescaped, nothing missing unsaid."""

import posixpath

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.folder import SiteFolder
from dashboard.pages import Page, Pages, line_numbers, name_in_page, relative, slug, without_hidden
from dashboard.tables import csv_page

PARTS = st.lists(st.sampled_from(["a", "b", "gemeente", "x.html"]), min_size=1, max_size=4)


@given(PARTS, PARTS)
def test_a_relative_link_leads_where_it_says(here: list[str], there: list[str]) -> None:
    path, target = "/".join([*here, "p.html"]), "/".join([*there, "q.html"])
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), relative(path, target)))
    assert found == target


def test_a_link_to_a_place_on_the_page_is_that_place() -> None:
    assert relative("a/p.html", "#x") == "#x"
    assert relative("a/p.html", "a/p.html#x") == "#x"
    assert relative("a/p.html", "index.html#x") == "../index.html#x"


@given(st.text(max_size=80))
def test_a_slug_is_a_safe_name(code: str) -> None:
    found = slug(code)
    assert found and len(found) <= 70
    assert all(letter in "abcdefghijklmnopqrstuvwxyz0123456789.-" for letter in found)
    assert not found.startswith(".") and "/" not in found


def test_codes_that_look_alike_have_other_addresses() -> None:
    assert slug("2.1") == "2.1"
    assert len({slug("2/1"), slug("2-1"), slug("2 1"), slug("../2.1")}) == 4


def test_text_that_turns_direction_turns_nothing_around_it() -> None:
    hostile = "a\u202e\u2066b\x00<script>"
    assert name_in_page(hostile).startswith("<bdi>") and "<script>" not in name_in_page(hostile)
    assert without_hidden(hostile) == "a b <script>"


def test_lines_are_read_however_they_are_listed() -> None:
    assert line_numbers("60, 423") == line_numbers("60|423") == [60, 423]


def test_a_page_with_a_null_or_a_missing_field_is_not_made() -> None:
    pages = Pages()
    pages._environment.loader = jinja2.DictLoader({"null": "{{ x }}", "missing": "{{ y }}"})
    with pytest.raises(ValueError, match="null"):
        pages.page("null", "p.html", x=None)
    with pytest.raises(jinja2.UndefinedError):
        pages.page("missing", "p.html", x=1)
    pages._environment.loader = jinja2.DictLoader({"text": "<p>{{ x }}</p>"})
    assert pages.page("text", "p.html", x="<script>").text == "<p>&lt;script&gt;</p>"


def test_a_folder_takes_each_address_once(tmp_path: object) -> None:
    from pathlib import Path

    folder = SiteFolder(Path(str(tmp_path)))
    folder.write([Page("a/b.html", "x")])
    with pytest.raises(ValueError, match=r"two pages at a/b\.html"):
        folder.write([Page("a/b.html", "y")])


def test_a_file_of_a_table_has_no_formula_and_no_null() -> None:
    made = csv_page("t.csv", ["name", "amount"], [{"name": "=1+1", "amount": None}])
    assert made.text == "name,amount\n'=1+1,\n"
