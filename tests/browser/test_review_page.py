"""The page of a chapter to review in a browser: axe finds nothing, it fits its window."""

import os
import time
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from doelenboom.ingestion.inbox import read_inbox
from doelenboom.ingestion.review_page import write_page
from doelenboom.ingestion.reviewed import find_chapter
from doelenboom.ingestion.reviewing import correct
from doelenboom.settings import PROJECT_DIR, Settings
from tests.browser.test_site import AXE, WIDTHS, console, show

pytestmark = pytest.mark.browser

SAVED = PROJECT_DIR / "tests" / "fixtures" / "chapters" / "saved_page.html"
NAME = "GM0141/2018/page.html"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The page of a chapter with open points, and with a figure that was corrected."""
    settings = Settings(data_dir=tmp_path / "data")
    dropped = settings.inbox_dir / NAME
    dropped.parent.mkdir(parents=True)
    dropped.write_bytes(SAVED.read_bytes())
    os.utime(dropped, (time.time() - 3600,) * 2)
    read_inbox(settings)
    changed = correct(
        settings,
        find_chapter(settings, NAME),
        "programme_finance",
        {"line_item": "Groenbeheer", "flow": "expenses"},
        column="actual_keur",
        value="2411",
        reason="Zo staat het er",
        by="Controller",
    )
    return write_page(settings, changed)


def test_axe_finds_nothing_and_the_page_is_no_wider_than_its_window(
    chromium: Chrome, axe: str, page: Path
) -> None:
    for width in WIDTHS:
        show(chromium, page, width)
        assert console(chromium) == [], width
        assert chromium.execute_script("return performance.getEntriesByType('resource')") == []
        chromium.execute_script(axe)
        assert chromium.execute_async_script(AXE) == [], width
        assert chromium.execute_script("return document.documentElement.scrollWidth") <= width


def test_a_figure_leads_to_its_line_and_the_line_is_seen(chromium: Chrome, page: Path) -> None:
    show(chromium, page, WIDTHS[-1])
    link = chromium.find_element("css selector", "a[href^='#bron-']")
    target = chromium.find_element("id", str(link.get_attribute("href")).split("#")[1])
    link.click()
    top = chromium.execute_script("return arguments[0].getBoundingClientRect().top", target)
    assert 0 <= top < chromium.execute_script("return window.innerHeight")
