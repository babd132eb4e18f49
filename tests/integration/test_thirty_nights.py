"""Thirty nights that nobody attends, around both changes of the clock, on the small project.

Each ends with a release that is whole, new or untouched; each incident is told once, and its end
once; nothing is locked, the disk is bounded, and the reports read as the story of the nights.
"""

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from dashboard.night_report import at
from doelenboom.errors import DoelenboomError
from doelenboom.lock import only_writer
from doelenboom.publication.reading.releases import published_release, release_ids
from doelenboom.publication.reading.sealed import held_to_seal
from doelenboom.publication.release_times import AMSTERDAM
from doelenboom.reports import newest_report
from doelenboom.settings import Settings
from doelenboom.sources.cbs import client
from orchestration.run import run_night
from tests import simulated_clock
from tests.cbs_server import faults
from tests.cbs_server.server import CbsServer
from tests.cbs_server.tables import Table, cpi_table, population_table
from tests.integration.small_night import SmallSettings, make_small_site, suites
from tests.listener import Listener

FORKSERVER = multiprocessing.get_context("forkserver")
AUTUMN = date(2026, 10, 18)  # the clock goes back on the 25th
SPRING = date(2027, 3, 21)  # and on on the 28th
NIGHTS = [first + timedelta(days=n) for first in (AUTUMN, SPRING) for n in range(15)]
AT = time(4, 15)
KEEP_RELEASES = 4

NEW, SAME, FAILED, KILLED = "new", "untouched", "failed", "killed"


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()


@pytest.fixture
def clock() -> Iterator[None]:
    yield
    simulated_clock.put_back()


REBASED = cpi_table({2026: 102.5}, identifier="86141NED", base=2025, modified="2027-03-30T02:00:00")


@dataclass
class World:
    """The small project, a CBS that does as it is told, and who hears of incidents."""

    settings: Settings
    cbs: CbsServer

    def outage(self) -> None:
        self.cbs.fail(".", faults.status(503), times=1_000_000)

    def over(self) -> None:
        self.cbs.heal()

    def revision(self) -> None:
        table = population_table({("GM0153", 2023): 1001}, modified="2026-10-20T02:00:00")
        self.cbs.replace(table)

    def schema_change(self) -> None:
        table = population_table({("GM0153", 2023): 1002}, modified="2026-10-27T02:00:00")
        self.cbs.replace(
            replace(table, properties=[p for p in table.properties if p["Key"] != "Leeftijd"])
        )

    def schema_back(self) -> None:
        table = population_table({("GM0153", 2023): 1002}, modified="2026-10-28T02:00:00")
        self.cbs.replace(table)

    def rebase(self) -> None:
        self.cbs.remove("83131NED")
        self.cbs.replace(REBASED)

    def rename(self) -> None:
        self.cbs.replace(replace(REBASED, title="Prijzen van consumenten"))

    def poison(self) -> None:
        (self.settings.inbox_dir / "GM0153" / "2018").mkdir(parents=True)
        self._poisoned.write_bytes(b"PK\x03\x04" + b"\x00\xff" * 4_000)

    def poison_gone(self) -> None:
        self._poisoned.unlink()

    @property
    def _poisoned(self) -> Path:
        return self.settings.inbox_dir / "GM0153" / "2018" / "hoofdstuk.html"

    def revised_chapter(self) -> None:
        path = self.settings.project_dir / "seeds/accounts/programmes.csv"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("Maatschappelijke", "Sociale"), encoding="utf-8")


def landed_tables() -> list[Table]:
    return [population_table({("GM0153", 2023): 1000}), cpi_table({2023: 125.0})]


def killed_night(settings: Settings, moment: datetime, step: str) -> None:
    simulated_clock.set_clock(moment)

    def on_step(name: str) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    run_night(settings, full=True, on_step=on_step, suites=suites(), make_site=make_small_site)


SCRIPT: dict[int, tuple[Callable[[World], None] | None, str]] = {
    1: (None, NEW),
    3: (World.revision, NEW),
    5: (World.outage, NEW),  # of how fresh the sources are
    7: (World.over, NEW),
    9: (World.poison, NEW),
    11: (World.poison_gone, NEW),
    12: (World.schema_change, NEW),
    13: (World.schema_back, NEW),
    14: (World.revised_chapter, NEW),
    18: (None, KILLED),
    20: (None, FAILED),
    21: (None, FAILED),
    28: (World.rebase, NEW),
    29: (World.rename, NEW),  # of how fresh the sources are
}
"""What happens before a night, and what it comes to; all others are untouched."""


OPENS = {
    NEW: "Lezers zien de nieuwe uitgave ",
    SAME: "Er is niets nieuws gepubliceerd. Lezers zien uitgave ",
    FAILED: "De nacht is mislukt. Er is niets nieuws gepubliceerd. Lezers zien uitgave ",
}
"""How the report of a night begins that came to this."""

TOLD = {
    1: "Er is geen eerdere om mee te vergelijken.",
    3: "Waardoor: landing/cbs/population/",
    5: "status 503",
    7: "Voorbij: cbs areas: ",
    9: "Nieuw: inbox/GM0153/2018/hoofdstuk.html (chapter_is_read): found a compressed file",
    11: "Voorbij: inbox/GM0153/2018/hoofdstuk.html (chapter_is_read)",
    12: "has 0 dimensions titled 'leeftijd'",
    13: "Voorbij: cbs population: ",
    14: "Anders dan in de vorige: geen enkele tabel.\nWaardoor: seeds/accounts/programmes.csv\n",
    19: "Voorbij: its process ended without a word",
    20: "programme_results.has_rows",
    22: "Voorbij: marts.programme_results: check 'programme_results.has_rows' failed",
    28: "Waardoor: landing/cbs/cpi/",
    29: "cbs cpi: the last question failed; what was landed before is used (the catalog lists no",
    30: "cbs cpi: the last question failed",
}
"""What the report of a night says among other things."""

ALERTS = [
    ("incident", "sources", "cbs areas: the last question failed"),
    ("recovered", "sources", "cbs areas: the last question failed"),
    ("incident", "sources", "cbs population: the last question failed"),
    ("recovered", "sources", "cbs population: the last question failed"),
    ("incident", "night", "its process ended without a word"),
    ("recovered", "night", "its process ended without a word"),
    ("incident", "night", "marts.programme_results: check 'programme_results.has_rows' failed"),
    ("recovered", "night", "marts.programme_results: check 'programme_results.has_rows' failed"),
    ("incident", "sources", "cbs cpi: the last question failed"),
]

MOST_MEGABYTES_MORE = 200
"""How much more memory the last fifteen nights may take than the first did."""


@pytest.mark.prove
def test_thirty_nights_that_nobody_attends(
    small: SmallSettings, listener: Listener, clock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "LONGEST_WAIT_SECONDS", 0.01)
    sizes: list[int] = []
    memory: list[int] = []
    with CbsServer(landed_tables()) as cbs:
        settings = SmallSettings.model_validate(
            {
                **{"data_dir": small.data_dir, "threads": 2, "keep_releases": KEEP_RELEASES},
                **{"cbs_url": cbs.url, "cbs_iv3_url": cbs.url, "alert_url": listener.url},
            }
        )
        world = World(settings, cbs)
        for number, day in enumerate(NIGHTS, start=1):
            prepare, expected = SCRIPT.get(number, (None, SAME))
            moment = datetime.combine(day, AT, AMSTERDAM)
            if prepare:
                prepare(world)
            assert one_night(settings, moment, expected) == expected, number
            held_to_seal(published_release(settings.published, settings.releases_dir))
            with only_writer(settings.state_dir):
                sizes.append(size_of(settings.data_dir))
            assert len(release_ids(settings.releases_dir)) <= KEEP_RELEASES + 1
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
            if expected != KILLED:
                text = report(settings)
                assert text.startswith(f"Nacht van {at(moment)} tot ")
                assert OPENS[expected] in text and TOLD.get(number, "") in text, (number, text)
    heard = listener.told()
    assert [(event, kind) for event, kind, _ in heard] == [each[:2] for each in ALERTS]
    assert all(said[2].startswith(told[2]) for said, told in zip(heard, ALERTS, strict=True))
    assert max(sizes[15:]) <= max(sizes[:15])
    assert memory[-1] - memory[14] < MOST_MEGABYTES_MORE, memory
    assert len(list(settings.reports_dir.glob("*Z.html"))) == 14  # of the last ninety days


def report(settings: Settings) -> str:
    newest = newest_report(settings.reports_dir)
    assert newest
    return newest.with_suffix(".txt").read_text(encoding="utf-8")


def one_night(settings: SmallSettings, moment: datetime, expected: str) -> str:
    if expected == KILLED:
        night = FORKSERVER.Process(target=killed_night, args=(settings, moment, "dbt_models"))
        night.start()
        night.join()
        return KILLED if night.exitcode == -signal.SIGKILL else f"ended with {night.exitcode}"
    simulated_clock.set_clock(moment)
    failing = expected == FAILED
    try:
        outcome = run_night(
            settings,
            refresh=True,
            full=failing,
            suites=suites(99 if failing else 1),
            make_site=make_small_site,
        )
    except DoelenboomError:
        return FAILED
    return NEW if outcome.published else SAME


def size_of(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
