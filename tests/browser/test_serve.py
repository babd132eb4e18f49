"""The pages of `serve` in a browser: with the token as password, and nothing from elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By

from tests.browser.test_pages import FETCHED, wait_for_text
from tests.integration.served import Server, data_folder, publish, serving

pytestmark = pytest.mark.browser

CONTRAST = """
const shade = text => {
  const part = text.match(/[0-9.]+/g).slice(0, 3).map(n => n / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
};
const behind = node => {
  const colour = getComputedStyle(node).backgroundColor;
  return colour === 'rgba(0, 0, 0, 0)' && node.parentElement ? behind(node.parentElement) : colour;
};
return [...document.querySelectorAll('h1, h2, p, a, code, td, th, caption')].map(node => {
  const [a, b] = [shade(getComputedStyle(node).color), shade(behind(node))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
});
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    house = data_folder(Path(tmp_path_factory.mktemp("served")) / "data")
    publish(house, 1)
    with serving(house) as server:
        yield server


def test_somebody_finds_the_way_from_the_start_to_rows_and_on(
    chromium: Chrome, server: Server
) -> None:
    chromium.get(server.url.replace("http://", f"http://wie:{server.token}@") + "/")
    wait_for_text(chromium, "Doelenboom", "Lasten 's jaars, x € 1.000", "Grenzen")
    assert chromium.execute_script(FETCHED) == []
    assert min(chromium.execute_script(CONTRAST)) >= 4.5
    assert chromium.execute_script("return getComputedStyle(document.body).maxWidth") == "1216px"
    chromium.find_element(By.LINK_TEXT, "generation").click()
    wait_for_text(chromium, "marts.generation", "Kolommen", "500 rijen")
    chromium.get(server.url + "/tables/generation/rows?limit=400")
    wait_for_text(chromium, "400 rijen, en er zijn er meer")
    chromium.find_element(By.LINK_TEXT, "Volgende bladzijde").click()
    wait_for_text(chromium, "100 rijen", "499")


def test_the_first_key_leads_to_what_the_page_is_about(chromium: Chrome, server: Server) -> None:
    chromium.get(server.url.replace("http://", f"http://wie:{server.token}@") + "/tables")
    chromium.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    assert chromium.switch_to.active_element.text == "Naar de inhoud"
    chromium.get(server.url + "/tables/genertion")
    wait_for_text(chromium, "Dit is niet beantwoord", "the nearest: generation", "Hoe verder")
