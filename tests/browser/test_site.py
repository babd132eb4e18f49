"""The site in a browser: axe finds nothing, the console says nothing, no script is needed."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.conftest import RealNight

pytestmark = pytest.mark.browser

PROGRAMME = "gemeente/gm0153/2018"
PAGES = (
    "index.html",
    "gemeente/gm0153/index.html",
    "gemeente/gm0153/financien.html",
    "gemeente/gm0003/index.html",
    *(
        f"{PROGRAMME}/{kind}-2.1.html"
        for kind in ("programma", "doelenboom", "indicatoren", "taakvelden", "betrouwbaarheid")
    ),
    "gemeente/gm0153/2013/indicatoren-2.3.html",
    "taakvelden.html",
    "betrouwbaarheid.html",
    "wijzigingen.html",
    "herkomst/index.html",
    "begrippen.html",
    "toegankelijkheid.html",
    "data.html",
    "vergelijken.html",
    "vergelijken/index.html",
    "vergelijken/gm0153.html",
    "kaart/jeugd.html",
)
"""One page of each kind."""

WIDTHS = (320, 768, 1280)

AXE = """
const done = arguments[arguments.length - 1];
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
axe.run(document, {preload: false, runOnly: rules})
    .then(found => done(found.violations.map(each =>
        [each.id, each.nodes.map(node => node.target.join(' ')).slice(0, 3)])));
"""


@pytest.fixture(scope="module")
def site(real_night: RealNight) -> Path:
    return real_night.data_dir / "published" / "site"


def command(chromium: Chrome, name: str, **arguments: Any) -> Any:
    return chromium.execute_cdp_cmd(name, arguments)


def console(chromium: Chrome) -> list[Any]:
    """Take what the console said since it was asked last: the policy holds when it is silent."""
    said: list[Any] = chromium.get_log("browser")  # type: ignore[no-untyped-call]
    return said


def show(chromium: Chrome, page: Path, width: int = 1280) -> None:
    command(
        chromium,
        "Emulation.setDeviceMetricsOverride",
        **{"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    chromium.get("about:blank")  # what pages before it said, or are still saying, is theirs
    console(chromium)
    chromium.get(page.as_uri())


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(
    chromium: Chrome, site: Path, axe: str, path: str
) -> None:
    for width in WIDTHS:
        show(chromium, site / path, width)
        assert console(chromium) == [], width
        chromium.execute_script(axe)
        assert chromium.execute_async_script(AXE) == [], width
        wide = chromium.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, (path, width)


def test_headings_and_landmarks_are_in_order(chromium: Chrome, site: Path) -> None:
    for path in PAGES:
        show(chromium, site / path)
        levels = [int(h.tag_name[1]) for h in chromium.find_elements(By.CSS_SELECTOR, "h1,h2,h3")]
        assert levels.count(1) == 1 and levels[0] == 1, path
        assert all(b - a <= 1 for a, b in pairwise(levels)), (path, levels)
        roles = _roles(chromium)
        assert {"banner", "main", "contentinfo", "navigation"} <= set(roles), path
        if chromium.find_elements(By.TAG_NAME, "table"):
            assert {"table", "row", "columnheader", "rowheader"} <= set(roles), path


def test_tables_keep_their_roles_on_a_phone(chromium: Chrome, site: Path) -> None:
    show(chromium, site / "gemeente/gm0153/index.html", 320)
    assert {"table", "row", "columnheader", "rowheader", "cell"} <= set(_roles(chromium))


def _roles(chromium: Chrome) -> list[str]:
    tree = command(chromium, "Accessibility.getFullAXTree")
    return [node["role"]["value"] for node in tree["nodes"] if not node["ignored"]]


def test_without_scripts_all_is_there(chromium: Chrome, site: Path) -> None:
    command(chromium, "Emulation.setScriptExecutionDisabled", value=True)
    try:
        show(chromium, site / PROGRAMME / "programma-2.1.html")
        text = chromium.find_element(By.TAG_NAME, "main").text
        assert "Verschil na reserves" in text and "+5.492" in text
        assert chromium.find_elements(By.CSS_SELECTOR, ".bars svg rect")
        show(chromium, site / "index.html")
        assert not chromium.find_element(By.ID, "zoek").is_displayed()
        assert chromium.find_element(By.LINK_TEXT, "Enschede").is_displayed()
    finally:
        command(chromium, "Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("enschede", "Enschede"),
        ("enshcede", "Enschede"),
        ("maatschapelijke ond", "Maatschappelijke ondersteuning"),
        ("foutmarge", "Foutmarge"),
        ("s-gravenhage", "'s-Gravenhage"),
    ],
)
def test_search_forgives_accents_and_slips(
    chromium: Chrome, site: Path, typed: str, first: str
) -> None:
    show(chromium, site / "index.html")
    chromium.find_element(By.ID, "zoek").send_keys(typed)
    found = chromium.find_elements(By.CSS_SELECTOR, ".found a")
    assert found and found[0].text.startswith(first)
    assert "gevonden" in chromium.find_element(By.ID, "zoek-uitkomst").text


def test_the_keyboard_goes_past_the_menu_and_finds(chromium: Chrome, site: Path) -> None:
    show(chromium, site / "index.html")
    chromium.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    skip = chromium.switch_to.active_element
    assert skip.text == "Naar de inhoud"
    skip.send_keys(Keys.ENTER)
    assert chromium.switch_to.active_element.get_attribute("id") == "inhoud"
    search = chromium.find_element(By.ID, "zoek")
    search.send_keys("losser", Keys.ENTER)
    assert "Losser" in chromium.title


TAKEN = """
const done = arguments[arguments.length - 1];
URL.createObjectURL = (blob) => { blob.text().then(done); return "#"; };
document.querySelector(arguments[0] + " + .take button").click();
"""


@pytest.mark.parametrize(
    ("path", "chart", "said"),
    [
        (f"{PROGRAMME}/programma-2.1.html", "table[data-chart]", "39.410"),
        (f"{PROGRAMME}/programma-2.1.html", "div[data-chart^=strook]", "Enschede"),
        ("gemeente/gm0153/index.html", "table[data-chart]", "Maatwerk Wmo"),
        ("gemeente/gm0153/2013/indicatoren-2.3.html", "div[data-chart]", "Rapportcijfer"),
    ],
)
def test_a_chart_is_taken_along_with_its_source_and_its_look(
    chromium: Chrome, site: Path, path: str, chart: str, said: str
) -> None:
    show(chromium, site / path)
    taken = str(chromium.execute_async_script(TAKEN, chart))
    assert taken.startswith("<svg") and said in taken and "Bron: " in taken
    assert "class=" not in taken and 'fill="rgb(' in taken
    assert console(chromium) == []


def test_the_edition_is_named_by_script_and_its_page_is_linked_without(
    chromium: Chrome, site: Path
) -> None:
    show(chromium, site / "data.html")
    release = json.loads((site / "manifest.json").read_text(encoding="utf-8"))["release_id"]
    assert release in chromium.find_element(By.CSS_SELECTOR, ".edition").text
