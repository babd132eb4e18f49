"""A report stands in no night's way."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.nights import Night, last_night, record_night, recorded
from doelenboom.reports import newest_report
from doelenboom.settings import Settings
from orchestration.report import reporter

EARLIER = datetime(2026, 1, 2, 1, 30, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, threads=2)


def test_a_night_that_fails_is_reported_and_fails_as_it_did(settings: Settings) -> None:
    told: list[str] = []
    with (
        pytest.raises(RefusedError, match="seed a"),
        recorded(settings, reporter(settings, told.append)),
    ):
        raise RefusedError("seed a is refused")
    (text,) = told
    assert "De nacht is mislukt. Er is nog niets gepubliceerd." in text
    page = newest_report(settings.reports_dir)
    assert page
    assert page.with_suffix(".txt").read_text(encoding="utf-8") == text
    assert "seed a is refused" in page.read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_is_one_sentence(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.reports_dir.parent.mkdir(parents=True, exist_ok=True)
    settings.reports_dir.write_text("in the way")
    with caplog.at_level(logging.WARNING), recorded(settings, reporter(settings)):
        pass
    (record,) = caplog.records
    assert record.getMessage().startswith("the night has no report: FileExistsError: ")
    assert "\n" not in record.getMessage()
    night = last_night(settings.night_file)
    assert night and night.ended


def test_a_release_that_is_no_longer_kept_is_not_compared(settings: Settings) -> None:
    gone = "20260102T013000Z-aaaaaaaa"
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    record_night(settings.night_file, Night(EARLIER, EARLIER, release=gone))
    with recorded(settings, reporter(settings)):
        pass
    page = newest_report(settings.reports_dir)
    assert page and "Er is nog niets gepubliceerd." in page.read_text(encoding="utf-8")
