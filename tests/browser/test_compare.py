"""Vergelijken in a browser, from a folder: what it computes, and how one walks through it."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import url_contains
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.conftest import RealNight

pytestmark = pytest.mark.browser

JEUGD = "iv3_expenses_cluster_jeugd"
COMPARED = (
    (JEUGD, "accounts", 2024),
    ("iv3_expenses_6.81", "accounts", 2018),
    ("iv3_expenses_cluster_wmo_real", "accounts", 2021),
)

HELD_AGAINST = """
const [code, report, year, rows] = arguments;
const done = arguments[arguments.length - 1];
const {load, compared, measureOf} = window.doelenboom;
(async () => {
    const base = await load('base');
    const shard = await load(`${code}.${report}`);
    const places = Object.fromEntries(base.municipalities.map(([of], place) => [of, place]));
    const near = [...new Set(rows.map(row => row[0].toLowerCase()))];
    await Promise.all(near.map(of => load(of).catch(() => null)));
    const measure = measureOf(code);
    const differ = (a, b) => (a === null) !== (b === null) || Math.abs(a - b) > 1e-6;
    const wrong = [];
    for (const row of rows) {
        const [of, boundary, group, value, total, n, p25, median, p75, percentile, word] = row;
        const wanted = group.startsWith('nearest_') ? 'nearest' : group;
        const told = compared(places[of], measure, shard, boundary, year, wanted);
        if (differ(told.value, value) || told.total !== total || told.n !== n
            || differ(told.p25, p25) || differ(told.median, median) || differ(told.p75, p75)
            || differ(told.percentile, percentile) || told.comparability !== word)
            wrong.push([row, [told.value, told.total, told.n, told.p25, told.median, told.p75,
                              told.percentile, told.comparability]]);
    }
    return [rows.length, wrong.length, wrong.slice(0, 3)];
})().then(done, error => done(String(error)));
"""


@pytest.fixture(scope="module")
def site(real_night: RealNight) -> Path:
    return real_night.data_dir / "published" / "site"


def asked(night: RealNight, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(night.database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def show(chromium: Chrome, site: Path, state: str = "") -> WebElement:
    """Open the page anew from its folder, and wait for the first drawing."""
    chromium.get("about:blank")
    chromium.get((site / "vergelijken.html").as_uri() + state)
    wait(chromium, "#strook svg")
    return chromium.find_element(By.ID, "strook")


def wait(chromium: Chrome, selector: str) -> None:
    WebDriverWait(chromium, 20).until(
        lambda window: window.find_elements(By.CSS_SELECTOR, selector)
    )


def text(chromium: Chrome, name: str) -> str:
    return chromium.find_element(By.ID, name).text


@pytest.mark.parametrize("compared", COMPARED)
def test_what_the_browser_computes_is_every_row_of_the_mart(
    chromium: Chrome, site: Path, real_night: RealNight, compared: tuple[str, str, int]
) -> None:
    measure, report, year = compared
    rows = asked(
        real_night,
        "select municipality_code, boundary, peer_group_code, value::double, peers_total, peers_n,"
        " peer_p25::double, peer_median::double, peer_p75::double, percentile::double,"
        " comparability from marts.municipality_comparison"
        f" where measure_code = '{measure}' and report = '{report}' and fiscal_year = {year}",
    )
    assert len(rows) > 400
    show(chromium, site)
    chromium.set_script_timeout(60)
    found = chromium.execute_async_script(HELD_AGAINST, measure, report, year, rows)
    assert found == [len(rows), 0, []]


def test_the_keyboard_walks_along_the_municipalities(
    chromium: Chrome, site: Path, real_night: RealNight
) -> None:
    state = f"#gemeente=GM0153&maat={JEUGD}&verslag=accounts&jaar=2024&groep=size_class_2"
    strip = show(chromium, site, state)
    (lowest,), *_, (second,), (highest,) = asked(
        real_night,
        "select municipality_name from marts.municipality_comparison where boundary = 'as_reported'"
        f" and measure_code = '{JEUGD}' and report = 'accounts' and fiscal_year = 2024"
        " and peer_group_code = 'size_class_2' and value is not null and (is_peer or"
        " municipality_code = 'GM0153') order by value",
    )
    assert text(chromium, "onder").startswith("Enschede: ")
    said = []
    for key in (
        Keys.HOME,
        Keys.ARROW_LEFT,
        Keys.END,
        Keys.ARROW_LEFT,
        Keys.ARROW_RIGHT,
        Keys.ESCAPE,
    ):
        strip.send_keys(key)
        said.append(text(chromium, "onder").partition(": ")[0])
    assert said == [lowest, lowest, highest, second, highest, "Enschede"]
    live = chromium.find_elements(By.CSS_SELECTOR, "[role=status], [aria-live]")
    assert [element.get_attribute("id") for element in live] == ["onder"]


def test_the_map_is_walked_and_names_in_the_same_line(
    chromium: Chrome, site: Path, real_night: RealNight
) -> None:
    show(chromium, site, f"#gemeente=GM0153&maat={JEUGD}&verslag=accounts&jaar=2024")
    wait(chromium, "#kaart path[data-place]")
    assert len(chromium.find_elements(By.CSS_SELECTOR, "#kaart path[data-place]")) == 342
    counts = [int(cell.text) for cell in chromium.find_elements(By.CSS_SELECTOR, "#legenda td")]
    of_mart = asked(
        real_night,
        "select municipalities_n from marts.map_classes where report = 'accounts'"
        f" and measure_code = '{JEUGD}' and fiscal_year = 2024 order by class_no",
    )
    assert counts[:-1] == [n for (n,) in of_mart] and sum(counts) == 342
    for shade, (n,) in enumerate(of_mart, 1):
        drawn = chromium.find_elements(By.CSS_SELECTOR, f"#kaart path.shade-{shade}")
        assert len(drawn) == n
    kaart = chromium.find_element(By.ID, "kaart")
    kaart.send_keys(Keys.HOME)
    (name, code), *_ = asked(
        real_night,
        "select municipality_name, municipality_code from marts.municipality_comparison where"
        f" boundary = 'current' and measure_code = '{JEUGD}' and report = 'accounts'"
        " and fiscal_year = 2024 and peer_group_code = 'all' and value is not null order by value",
    )
    assert text(chromium, "onder").startswith(f"{name}: ")
    kaart.send_keys(Keys.ENTER)
    WebDriverWait(chromium, 10).until(
        lambda window: f"gemeente/{code.lower()}/index.html" in window.current_url
    )


def test_all_that_is_chosen_stands_in_the_address(chromium: Chrome, site: Path) -> None:
    show(chromium, site)
    for field, value in (
        ("gemeente", "GM0363"),
        ("maat", "iv3_expenses_cluster_wmo"),
        ("jaar", "2020"),
        ("groep", "all"),
        ("grenzen", "current"),
        ("prijzen", "real"),
    ):
        Select(chromium.find_element(By.ID, f"c-{field}")).select_by_value(value)
        WebDriverWait(chromium, 10).until(url_contains(f"{field}={value}"))
    told = [text(chromium, name) for name in ("kop", "eenheid", "zin", "waard")]
    assert "prijzen van 2015" in told[1] and "jaarrekening 2020" in told[1]
    show(chromium, site, "#" + chromium.current_url.partition("#")[2])
    assert [text(chromium, name) for name in ("kop", "eenheid", "zin", "waard")] == told
    assert chromium.get_log("browser") == []  # type: ignore[no-untyped-call]


def test_what_is_taken_along_is_what_is_shown(chromium: Chrome, site: Path) -> None:
    show(chromium, site, f"#gemeente=GM0153&maat={JEUGD}&verslag=accounts&jaar=2024")
    wait(chromium, "#kaart path[data-place]")
    taken = chromium.execute_script(
        """
        const taken = {};
        for (const name of ['csv', 'csv-jaren']) {
            const link = document.getElementById(name);
            link.addEventListener('click', event => {
                event.preventDefault();
                taken[name] = decodeURIComponent(link.href.replace(/^data:[^,]*,/, ''));
            });
            link.click();
        }
        return taken;
        """
    )
    assert (
        taken["csv"].startswith(f"gemeente,naam,{JEUGD}\r\n") and "GM0153,Enschede," in taken["csv"]
    )
    assert len(taken["csv-jaren"].split("\r\n")) == 9
    assert len(chromium.find_elements(By.CSS_SELECTOR, "[data-chart] + .take button")) == 3


def test_without_scripts_pages_per_municipality_and_maps_stay(chromium: Chrome, site: Path) -> None:
    chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        chromium.get((site / "vergelijken.html").as_uri())
        chromium.find_element(By.LINK_TEXT, "per gemeente en op de kaart").click()
        chromium.find_element(By.LINK_TEXT, "Enschede").click()
        assert chromium.find_elements(By.CSS_SELECTOR, "svg.strip circle.own")
        assert chromium.find_elements(By.CSS_SELECTOR, "svg.trend path.own-line")
        chromium.get((site / "kaart" / "jeugd.html").as_uri())
        assert len(chromium.find_elements(By.CSS_SELECTOR, "table.narrow tbody tr")) > 40
        image = chromium.find_element(By.CSS_SELECTOR, "figure img")
        width = image.get_property("naturalWidth")
        assert isinstance(width, int) and width > 0
    finally:
        chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_first_drawing_is_small(site: Path) -> None:
    page = ["vergelijken.html", "static/site.css", "static/compare.css", "static/compare.js"]
    data = ["base.js", "gm0153.js", f"{JEUGD}.accounts.js"]
    fonts = list((site / "static" / "fonts").glob("*.woff2"))
    files = [*(site / name for name in page), *(site / "vergelijken/data" / name for name in data)]
    assert sum(file.stat().st_size for file in [*files, *fonts]) <= 250_000
    for file in (site / "vergelijken" / "data").glob("*.js"):
        told = file.read_text(encoding="utf-8").partition("(")[2].rpartition(")")[0]
        json.loads(f"[{told}]")
