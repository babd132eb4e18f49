"""The pages that people look at: Data Docs, dbt docs and the graph of the night in Dagster."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from doelenboom.settings import PROJECT_DIR
from tests.conftest import RealNight

pytestmark = pytest.mark.browser

PATIENCE = 300
FETCHED = "return performance.getEntriesByType('resource').map(e => e.name)"


def wait_for_text(chromium: Chrome, *texts: str) -> str:
    """Wait until the page shows all texts, and return what it shows."""

    def shown(window: Chrome) -> str | None:
        body = window.find_element(By.TAG_NAME, "body").text
        return body if all(text in body for text in texts) else None

    wait = WebDriverWait(chromium, PATIENCE, ignored_exceptions=[WebDriverException])
    return str(wait.until(shown, f"the page never showed {texts}"))


@pytest.fixture(scope="module")
def docs(real_night: RealNight) -> list[Path]:
    made = real_night.python("-m", "orchestration.docs")
    assert made.returncode == 0, made.stderr
    return [Path(line.split(": ", 1)[1]) for line in made.stdout.splitlines()]


def test_data_docs_show_every_suite_and_fetch_nothing(chromium: Chrome, docs: list[Path]) -> None:
    chromium.get(docs[1].as_uri())
    wait_for_text(chromium, "None of", "marts.programme_results", "marts.reconciliation")
    chromium.find_element(By.LINK_TEXT, "marts.programme_results").click()
    page = wait_for_text(chromium, "Status: Succeeded", "programme_results.verdicts_add_up")
    assert "passed" in page
    assert all(name.startswith("file:") for name in chromium.execute_script(FETCHED))


def test_dbt_docs_tell_what_a_column_is_in_dutch_and_english(
    chromium: Chrome, docs: list[Path]
) -> None:
    chromium.get(f"{docs[0].as_uri()}#!/model/model.doelenboom.programme_results")
    page = wait_for_text(chromium, "Programmaverantwoording. One row per programme")
    assert "dq_status" in page
    assert not any(name.startswith("http") for name in chromium.execute_script(FETCHED))


@pytest.fixture(scope="module")
def dagster(real_night: RealNight) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "orchestration.dev", "--port", str(port)],
        env={**os.environ, "DOELENBOOM_DATA_DIR": str(real_night.data_dir)},
        cwd=PROJECT_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + PATIENCE
    while not _listens(port):
        assert server.poll() is None and time.monotonic() < deadline, "Dagster never listened"
        time.sleep(0.5)
    yield f"http://127.0.0.1:{port}"
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def _listens(port: int) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.prove
def test_dagster_shows_the_graph_of_the_night_and_its_blocking_checks(
    chromium: Chrome, dagster: str
) -> None:
    chromium.get(f"{dagster}/asset-groups")
    wait_for_text(chromium, "staging", "marts_programmes", "publication", "validation")
    chromium.get(f"{dagster}/assets/marts/programme_results?view=checks")
    wait_for_text(chromium, "Checks (2)", "dbt_tests", "expectations", "blocking", "hold", "Passed")
