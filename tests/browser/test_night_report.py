"""The report of a night in a browser: axe finds nothing, it fits its window, it loads nothing."""

from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from dashboard.night_report import page_of
from tests.browser.test_site import AXE, WIDTHS, console, show
from tests.made_report import full_report

pytestmark = pytest.mark.browser


def test_axe_finds_nothing_and_the_report_is_no_wider_than_its_window(
    chromium: Chrome, axe: str, tmp_path: Path
) -> None:
    page = tmp_path / "latest.html"
    page.write_text(page_of(full_report(), {"Data Docs": "data_docs.html"}), encoding="utf-8")
    for width in WIDTHS:
        show(chromium, page, width)
        assert console(chromium) == [], width
        assert chromium.execute_script("return performance.getEntriesByType('resource')") == []
        chromium.execute_script(axe)
        assert chromium.execute_async_script(AXE) == [], width
        assert chromium.execute_script("return document.documentElement.scrollWidth") <= width
