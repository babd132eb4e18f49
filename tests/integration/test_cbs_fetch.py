"""Fetching from a stand-in for CBS: right rows, or one sentence and landing as it was."""

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from doelenboom.errors import RunActiveError
from doelenboom.ingestion.cbs.fetch import FetchResult, fetch_cbs
from doelenboom.ingestion.cbs.landed import freshness, stale_sources
from doelenboom.lock import only_writer
from doelenboom.settings import PROJECT_DIR, Settings
from doelenboom.sources.cbs import client as client_module
from doelenboom.sources.cbs.datasets import CPI, IV3, POPULATION
from tests.cbs_server import faults
from tests.cbs_server.server import CbsServer, Fault
from tests.cbs_server.tables import cpi_table, iv3_table, population_table

ROWS = 25_000
"""Rows of the test table that are not zero: two full pages and a part of one."""

CELLS = r"45042NED/TypedDataSet"
FIRST_PAGE = rf"{CELLS}.*allpages$"
SECOND_PAGE = rf"{CELLS}.*skip=10000"
DOELENBOOM = [sys.executable, "-c", "from doelenboom.cli import main; main()"]


def cells(rows: int = ROWS, first_amount: float = 1.0) -> pa.Table:
    """Rows of an Iv3 table: each third one is zero and must not travel."""
    numbers = range(rows * 3 // 2)
    amounts = [0.0 if number % 3 == 2 else float(number + 1) for number in numbers]
    amounts[0] = first_amount
    return pa.table(
        {
            "ID": pa.array(numbers, pa.int64()),
            "TaakveldBalanspost": [f"{1 + n % 8}.{1 + n % 5}".ljust(6) for n in numbers],
            "Categorie": ["L1.1    " if n % 2 else "B3.1    " for n in numbers],
            "Verslagsoort": ["2018X005"] * len(numbers),
            "Gemeenten": [f"GM{n % 9000:04d}".ljust(9) for n in numbers],
            "k_1ePlaatsing_1": amounts,
            "k_2ePlaatsing_2": amounts,
        }
    )


TABLE = iv3_table(
    2018, cells(), {"GM0153": "Enschede"}, {"6.1": "Samenkracht"}, identifier="45042NED"
)
POPULATION_TABLE = population_table({("GM0153", 2018): 158261, ("GM0141", 2018): 72849})


@pytest.fixture
def server() -> Iterator[CbsServer]:
    with CbsServer([TABLE]) as running:
        yield running


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "LONGEST_WAIT_SECONDS", 0.01)


def settings(server: CbsServer, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", cbs_url=server.url, cbs_iv3_url=server.url)


def fetch(server: CbsServer, tmp_path: Path, years: tuple[int, ...] = ()) -> FetchResult:
    (news,) = fetch_cbs(settings(server, tmp_path), [IV3], years)
    return news


def tree(folder: Path) -> Mapping[str, str]:
    """Every file below landing and raw with the hash of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for room in ("landing", "raw")
        for path in sorted((folder / room).rglob("*"))
        if path.is_file()
    }


def landed_rows(tmp_path: Path) -> list[tuple[int, float]]:
    path = tmp_path / "data" / "raw" / "cbs" / "iv3_cells" / "45042NED.parquet"
    return duckdb.execute(
        "select id::integer, second_publication::double from read_parquet($1) order by 1",
        [str(path)],
    ).fetchall()


def expected_rows(table: pa.Table) -> list[tuple[int, float]]:
    return [
        (row["ID"], row["k_2ePlaatsing_2"])
        for row in table.select(["ID", "k_2ePlaatsing_2"]).to_pylist()
        if row["k_2ePlaatsing_2"]
    ]


def test_every_row_that_is_not_zero_lands_the_last_as_well_as_the_first(
    server: CbsServer, tmp_path: Path
) -> None:
    assert fetch(server, tmp_path) == FetchResult("iv3", 2018, "45042NED", "landed", ROWS)
    assert landed_rows(tmp_path) == expected_rows(TABLE.rows)
    asked = server.requests_for("45042NED/TypedDataSet")
    assert [re.findall(r"skip=(\d+)", path) for path in asked] == [[], ["10000"], ["20000"]]


def test_an_unchanged_table_costs_one_request_and_no_download(
    server: CbsServer, tmp_path: Path
) -> None:
    fetch(server, tmp_path)
    before = tree(tmp_path / "data")
    server.requests.clear()
    assert fetch(server, tmp_path).outcome == "unchanged"
    assert server.requests == ["/ODataCatalog/Tables?$format=json"]
    assert tree(tmp_path / "data") == before


def test_a_revision_is_a_delivery_beside_the_old_one(server: CbsServer, tmp_path: Path) -> None:
    other = iv3_table(2019, cells(), {}, {"6.1": "x"}, identifier="45046NED")
    server.replace(other)
    fetch_cbs(settings(server, tmp_path), [IV3])
    before = tree(tmp_path / "data" / "landing")
    server.requests.clear()
    server.replace(TABLE.revised("2021-01-01T02:00:00", cells(first_amount=777.0)))
    news = fetch_cbs(settings(server, tmp_path), [IV3])
    assert [(n.year, n.outcome) for n in news] == [(2018, "landed"), (2019, "unchanged")]
    assert server.requests_for("45046NED") == []
    assert landed_rows(tmp_path)[0] == (0, 777.0)
    after = tree(tmp_path / "data" / "landing")
    assert {name: after[name] for name in before} == before


def test_what_the_catalog_does_not_list_is_absent(server: CbsServer, tmp_path: Path) -> None:
    news = fetch_cbs(settings(server, tmp_path), [IV3, CPI], range(2018, 2020))
    assert [(n.dataset, n.year, n.outcome) for n in news] == [
        ("cpi", None, "absent"),
        ("iv3", 2018, "landed"),
        ("iv3", 2019, "absent"),
    ]
    assert server.requests_for("45046NED") == []


def test_a_table_that_landed_and_is_renamed_is_stale_and_its_figures_stay(
    server: CbsServer, tmp_path: Path
) -> None:
    table = cpi_table({2018: 103.44})
    server.replace(table)
    here = settings(server, tmp_path)
    fetch_cbs(here, [CPI], of_a_night=True)
    assert stale_sources(here) == []
    landed = tree(tmp_path / "data" / "landing")
    server.remove(table.identifier)
    server.replace(replace(table, identifier="86141NED", title="Prijzen van consumenten"))
    (news,) = fetch_cbs(here, [CPI], of_a_night=True)
    assert (news.outcome, news.failure) == ("absent", None)
    assert stale_sources(here) == [
        "cbs cpi: the last question failed; what was landed before is used"
        " (the catalog lists no table under its title any more)"
    ]
    assert tree(tmp_path / "data" / "landing") == landed


def test_totals_of_a_table_are_asked_for_by_their_padded_codes(
    server: CbsServer, tmp_path: Path
) -> None:
    server.replace(POPULATION_TABLE)
    server.replace(cpi_table({2018: 103.44}))
    news = fetch_cbs(settings(server, tmp_path), [POPULATION, CPI])
    assert [(n.dataset, n.rows) for n in news] == [("cpi", 1), ("population", 2)]


PASSING: dict[str, tuple[str, Fault, int]] = {
    "no connection": (SECOND_PAGE, faults.dropped, 2),
    "a broken body": (SECOND_PAGE, faults.broken_off, 2),
    "429 with Retry-After": (SECOND_PAGE, faults.status(429, Retry_After="0"), 3),
    "429 without": (CELLS, faults.status(429), 1),
    "503": ("Catalog", faults.status(503), 4),
    "500 of a dimension": ("Categorie", faults.status(500), 1),
    "late": (SECOND_PAGE, faults.slow(0.2), 1),
    "no count with the page": (CELLS, faults.without_count, 1),
}


@pytest.mark.parametrize("name", PASSING)
def test_a_passing_fault_is_survived(server: CbsServer, tmp_path: Path, name: str) -> None:
    server.fail(*PASSING[name])
    assert fetch(server, tmp_path).outcome == "landed"
    assert landed_rows(tmp_path) == expected_rows(TABLE.rows)


LASTING: dict[str, tuple[str, Fault, str]] = {
    "an error page": (SECOND_PAGE, faults.html_page, "begins with '<!DOCTYPE html>"),
    "a gateway's error page": (SECOND_PAGE, faults.status(502), "status 502 Bad Gateway (5 tries)"),
    "an error as JSON": (CELLS, faults.json_error, "query returns more than 10000 records"),
    "nothing": (SECOND_PAGE, faults.empty, "answers with nothing, expected JSON"),
    "half a body": (SECOND_PAGE, faults.truncated, "JSON that is no page of rows"),
    "a link to itself": (SECOND_PAGE, faults.looping_link, "which was already read"),
    "a short page": (SECOND_PAGE, faults.short_page, "has 9997 rows and a next page"),
    "a page dropped": (
        FIRST_PAGE,
        faults.page_dropped,
        f"15000 rows came, the source counts {ROWS}",
    ),
    "the last pages dropped": (SECOND_PAGE, faults.last_page_dropped, "20000 rows came"),
    "a wrong count": (CELLS, faults.wrong_count, f"the source counts {ROWS + 1}"),
    "an unknown column": (SECOND_PAGE, faults.unknown_column, "unknown column k_3ePlaatsing_3"),
    "a missing column": (SECOND_PAGE, faults.missing_column, "row 10000 has no Categorie"),
    "a link elsewhere": (CELLS, faults.link_elsewhere, "leads to another host"),
    "not found": ("DataProperties", faults.status(404), "status 404"),
    "a long wait": (CELLS, faults.status(429, Retry_After="3600"), "asks to wait 3600 seconds"),
    "no connection at all": (SECOND_PAGE, faults.dropped, "(5 tries)"),
}


@pytest.mark.parametrize("name", LASTING)
def test_a_lasting_fault_is_one_sentence_and_nothing_landed_changes(
    server: CbsServer, tmp_path: Path, name: str
) -> None:
    fetch(server, tmp_path)
    before = tree(tmp_path / "data")
    server.replace(TABLE.revised("2021-01-01T02:00:00", cells(first_amount=777.0)))
    pattern, fault, told = LASTING[name]
    server.fail(pattern, fault, times=100)
    news = fetch(server, tmp_path)
    assert news.outcome == "failed"
    assert news.failure is not None
    assert told in news.failure
    assert news.failure.startswith("http://127.0.0.")
    assert "\n" not in news.failure
    assert tree(tmp_path / "data") == before


def test_a_first_fetch_that_fails_leaves_no_trace_in_landing_and_raw(
    server: CbsServer, tmp_path: Path
) -> None:
    server.fail(SECOND_PAGE, faults.html_page)
    assert fetch(server, tmp_path).outcome == "failed"
    assert not (tmp_path / "data" / "landing").exists()
    assert not (tmp_path / "data" / "raw").exists()


def test_a_failed_fetch_by_hand_leaves_what_readers_are_told_of_freshness(
    server: CbsServer, tmp_path: Path
) -> None:
    fetch(server, tmp_path)
    before = freshness(settings(server, tmp_path))
    server.replace(TABLE.revised("2021-01-01T02:00:00", cells(first_amount=777.0)))
    server.fail(SECOND_PAGE, faults.html_page, times=100)
    assert fetch(server, tmp_path).outcome == "failed"
    assert freshness(settings(server, tmp_path)) == before


def test_a_page_served_again_under_the_link_of_another_is_found(
    server: CbsServer, tmp_path: Path
) -> None:
    settings_ = settings(server, tmp_path)
    fetch_cbs(settings_, [IV3])
    first = server.answer(
        server.requests_for(f"{TABLE.identifier}/TypedDataSet")[0].replace(" ", "%20"), "json"
    )
    server.replace(TABLE.revised("2021-01-01T02:00:00"))
    server.fail(SECOND_PAGE, faults.repeated(first))
    news = fetch(server, tmp_path)
    assert news.failure is not None
    assert "repeats 10000 rows of an earlier page" in news.failure


def test_a_shrunken_table_is_refused_until_it_is_accepted(
    server: CbsServer, tmp_path: Path
) -> None:
    fetch(server, tmp_path)
    before = tree(tmp_path / "data")
    server.replace(TABLE.revised("2021-01-01T02:00:00", cells(22_000)))
    for _ in range(2):
        news = fetch(server, tmp_path)
        assert news.failure is not None
        assert "45042NED: iv3_cells has 22000 rows and had 25000" in news.failure
        assert tree(tmp_path / "data") == before
    server.requests.clear()
    (news,) = fetch_cbs(settings(server, tmp_path), [IV3], accept_shrunken=True)
    assert (news.outcome, news.rows) == ("landed", 22_000)
    assert server.requests == ["/ODataCatalog/Tables?$format=json"]


def test_an_interrupted_fetch_goes_on_at_its_next_page(server: CbsServer, tmp_path: Path) -> None:
    server.fail(r"skip=20000", faults.dropped, times=100)
    assert fetch(server, tmp_path).outcome == "failed"
    assert not (tmp_path / "data" / "landing").exists()
    server.heal()
    server.requests.clear()
    assert fetch(server, tmp_path).outcome == "landed"
    asked = server.requests_for("45042NED")
    assert len(asked) == 1
    assert "$skip=20000" in asked[0]
    assert landed_rows(tmp_path) == expected_rows(TABLE.rows)


def test_a_fetch_that_was_interrupted_begins_anew_when_the_table_changed(
    server: CbsServer, tmp_path: Path
) -> None:
    server.fail(r"skip=20000", faults.dropped, times=100)
    fetch(server, tmp_path)
    server.heal()
    server.replace(TABLE.revised("2021-01-01T02:00:00", cells(first_amount=777.0)))
    assert fetch(server, tmp_path).outcome == "landed"
    assert landed_rows(tmp_path)[0] == (0, 777.0)


def test_while_a_run_is_active_nothing_is_asked(server: CbsServer, tmp_path: Path) -> None:
    with only_writer(settings(server, tmp_path).state_dir):
        found = command(server, tmp_path, "fetch", "cbs")
    assert found.returncode == RunActiveError.exit_code
    assert server.requests == []


def command(server: CbsServer, tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*DOELENBOOM, *words],
        env=environment(server, tmp_path),
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def environment(server: CbsServer, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DOELENBOOM_DATA_DIR": str(tmp_path / "data"),
        "DOELENBOOM_CBS_URL": server.url,
        "DOELENBOOM_CBS_IV3_URL": server.url,
    }


def test_the_command_tells_each_table_and_fails_in_one_sentence(
    server: CbsServer, tmp_path: Path
) -> None:
    done = command(server, tmp_path, "fetch", "cbs", "--dataset", "iv3", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "dataset,year,table,outcome,rows",
        "iv3,2018,45042NED,landed,25000",
    ]
    server.replace(TABLE.revised("2021-01-01T02:00:00"))
    server.fail(SECOND_PAGE, faults.html_page)
    failed = command(server, tmp_path, "fetch", "cbs", "--dataset", "iv3")
    assert failed.returncode == 1
    assert failed.stderr.startswith(f"doelenboom: {server.url}/ODataFeed/odata/45042NED/")
    assert failed.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--dataset", "iv4"], "there is no dataset 'iv4', expected one of iv3, population"),
        (["--years", "18"], "'18' is not a year or a range, as 2018 or 2017-2025"),
        (["--years", "2020-2018"], "'2020-2018' ends before it begins"),
    ],
)
def test_a_wrong_word_is_told_with_exit_code_2(
    server: CbsServer, tmp_path: Path, words: list[str], told: str
) -> None:
    done = command(server, tmp_path, "fetch", "cbs", *words)
    assert done.returncode == 2
    assert told in done.stderr
    assert server.requests == []


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_fetch_killed_in_the_middle_leaves_landing_and_is_completed_by_the_next(
    server: CbsServer, tmp_path: Path, end: signal.Signals
) -> None:
    server.fail(r"skip=20000", faults.slow(30))
    with subprocess.Popen(
        [*DOELENBOOM, "fetch", "cbs", "--dataset", "iv3"],
        env=environment(server, tmp_path),
        cwd=PROJECT_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        kept = tmp_path / "data" / "state" / "attempts" / "cbs" / "iv3" / "45042NED"
        journal = kept / "journal.jsonl"
        while not (journal.is_file() and "iv3_cells-0002" in journal.read_text()):
            time.sleep(0.01)
        process.send_signal(end)
        server.heal()
    assert not (tmp_path / "data" / "landing").exists()
    server.requests.clear()
    done = command(server, tmp_path, "fetch", "cbs", "--dataset", "iv3")
    assert done.returncode == 0
    assert len(server.requests_for("45042NED")) == 1
    assert landed_rows(tmp_path) == expected_rows(TABLE.rows)
