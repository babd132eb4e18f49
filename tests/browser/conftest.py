"""Chromium without a screen; tests are skipped where it is not installed."""

import shutil
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--window-size=1600,1000",
)


@pytest.fixture(scope="session")
def window() -> Iterator[Chrome]:
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("chromium and chromedriver are not installed")
    options = ChromeOptions()
    options.binary_location = browser
    for flag in FLAGS:
        options.add_argument(flag)
    window = Chrome(options=options, service=ChromeService(driver))
    yield window
    window.quit()


@pytest.fixture
def chromium(window: Chrome) -> Chrome:
    """Give the browser of the session, with nothing in its console of the tests before."""
    window.get_log("browser")  # type: ignore[no-untyped-call]
    return window


@pytest.fixture(scope="session")
def axe() -> str:
    (path,) = (file for file in files("axe-playwright-python") or () if file.name == "axe.min.js")
    return Path(str(path.locate())).read_text(encoding="utf-8")
