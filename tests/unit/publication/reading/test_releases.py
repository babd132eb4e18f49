"""What was released can be listed, the current one found, and earlier verdicts read back."""

import json
import logging
import shutil
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.manifest import read_release
from doelenboom.publication.reading.releases import (
    HISTORY_RUN_DATES,
    current_release,
    list_releases,
    previous_validation,
    since_dates,
    validation_document,
)
from tests.unit.publication.conftest import House

FIRST = datetime(2026, 1, 2, 1, 30, tzinfo=UTC)
TODAY = date(2026, 1, 5)


def test_nothing_is_released_before_the_first_night(house: House) -> None:
    assert list_releases(house.releases_dir) == []
    assert current_release(house.published, house.releases_dir) is None
    assert previous_validation(house.releases_dir) == {"results": [], "history": []}


def test_releases_are_listed_newest_first_and_strays_are_no_release(house: House) -> None:
    nights = [FIRST, FIRST + timedelta(days=1), FIRST + timedelta(days=40)]
    made = [house.seal(night) for night in nights]
    (house.releases_dir / ".DS_Store").write_bytes(b"")
    assert list_releases(house.releases_dir) == made[::-1]


def test_a_damaged_manifest_is_named(house: House) -> None:
    folder = house.seal(FIRST).folder
    manifest = folder / "manifest.json"
    good = json.loads(manifest.read_text(encoding="utf-8"))
    for text, told in [
        ("{", "not valid JSON"),
        ("[]", "expected a JSON object"),
        (json.dumps({**good, "run_date": "yesterday"}), "not a manifest"),
        (json.dumps({"release_id": "x"}), "KeyError"),
        (json.dumps({**good, "release_id": "20260101T000000Z-00000000"}), "another release"),
    ]:
        manifest.unlink()
        manifest.write_text(text, encoding="utf-8")
        with pytest.raises(RefusedError, match=told) as refused:
            read_release(folder)
        assert str(manifest) in str(refused.value)
    manifest.unlink()
    with pytest.raises(RefusedError, match="No such file"):
        read_release(folder)


def test_damaged_folders_are_left_out_and_named_once_and_the_rest_goes_on(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    current = house.publish(FIRST)
    stray = house.releases_dir / "20260103T013000Z-00000000"
    stray.mkdir()
    garbage = house.seal(FIRST + timedelta(days=2)).folder / "manifest.json"
    garbage.unlink()
    garbage.write_bytes(b"\x00\xff not a manifest")
    copied = house.releases_dir / "20260105T013000Z-00000000"
    shutil.copytree(current.folder, copied)
    (house.releases_dir / "20260106T013000Z-00000000").write_text("a file", encoding="utf-8")

    with caplog.at_level(logging.WARNING):
        assert list_releases(house.releases_dir) == [current]
        assert current_release(house.published, house.releases_dir) == current
    newest = house.publish(FIRST + timedelta(days=9))

    assert list_releases(house.releases_dir) == [newest, current]
    assert current_release(house.published, house.releases_dir) == newest
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 4
    assert all(sentence.startswith("A release is left out: ") for sentence in told)
    assert all("\n" not in sentence for sentence in told)
    assert any(str(garbage) in sentence for sentence in told)
    assert any(str(stray) in sentence for sentence in told)


def test_a_published_file_of_a_damaged_release_belongs_to_none(house: House) -> None:
    house.seal(FIRST)
    damaged = house.publish(FIRST + timedelta(days=1)).folder / "manifest.json"
    before = house.published.read_bytes()
    damaged.unlink()
    # Its bytes are those of the release before: that one says the same of every row.
    assert (
        current_release(house.published, house.releases_dir) == list_releases(house.releases_dir)[0]
    )
    shutil.rmtree(list_releases(house.releases_dir)[0].folder)
    assert current_release(house.published, house.releases_dir) is None
    assert house.published.read_bytes() == before


def test_the_current_release_is_known_by_link_or_by_bytes(house: House) -> None:
    first = house.publish(FIRST)
    second = house.seal(FIRST + timedelta(days=1))
    assert second.database_sha256 == first.database_sha256
    assert current_release(house.published, house.releases_dir) == first

    house.published.unlink()
    shutil.copyfile(second.database, house.published)
    assert current_release(house.published, house.releases_dir) == first  # the one recorded last
    (house.published_dir / "promotions.jsonl").unlink()
    assert current_release(house.published, house.releases_dir) == second

    house.published.unlink()
    house.published.write_bytes(b"of nobody")
    assert current_release(house.published, house.releases_dir) is None


def test_a_release_knows_the_keys_of_its_tables(house: House) -> None:
    release = house.seal(FIRST)
    assert release.key_of("spending") == ("programme_code", "fiscal_year")
    with pytest.raises(RefusedError, match="no table nope"):
        release.key_of("nope")


ROW = '{"check_name": "a", "subject": "b", "status": "pass"}'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "No such file"),
        ("\x00", "not valid JSON"),
        ("[]", "expected a JSON object"),
        ('{"results": []}', "no list of history"),
        ('{"results": [1], "history": []}', "a row of results that lacks"),
        (f'{{"results": [], "history": [{ROW}]}}', "a row of history that lacks"),
        (
            f'{{"results": [{ROW[:-1]}, "since": "yesterday"}}], "history": []}}',
            "a row of results that lacks",
        ),
    ],
)
def test_a_damaged_validation_is_named_and_the_history_starts_anew(
    text: str | None, told: str, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    validation = house.seal(FIRST).folder / "validation.json"
    validation.unlink()
    if text is not None:
        validation.write_text(text, encoding="utf-8")

    with caplog.at_level(logging.WARNING):
        assert previous_validation(house.releases_dir) == {"results": [], "history": []}
    house.seal(FIRST + timedelta(days=1))

    (record,) = caplog.records
    assert told in record.getMessage()
    assert str(validation) in record.getMessage()
    assert len(previous_validation(house.releases_dir)["history"]) == 1


def result(name: str, status: str, since: object = None) -> dict[str, Any]:
    return {"check_name": name, "subject": "marts.facts", "status": status, "since": since}


def test_a_status_keeps_its_date_until_it_changes() -> None:
    previous = [
        result("same", "fail", "2025-12-01"),
        result("typed", "pass", date(2025, 11, 1)),
        result("changed", "fail", "2025-12-01"),
        result("undated", "pass"),
        {**result("elsewhere", "pass", "2025-12-01"), "subject": "marts.other"},
    ]
    checks = [
        result("same", "fail"),
        result("typed", "pass"),
        result("changed", "pass"),
        result("undated", "pass"),
        result("elsewhere", "pass"),
        result("new", "broken"),
    ]

    dated = since_dates(previous, checks, TODAY)

    assert [(check["check_name"], check["since"]) for check in dated] == [
        ("same", date(2025, 12, 1)),
        ("typed", date(2025, 11, 1)),
        ("changed", TODAY),
        ("undated", TODAY),
        ("elsewhere", TODAY),
        ("new", TODAY),
    ]
    assert checks[0]["since"] is None


def test_the_history_keeps_its_last_run_dates_and_no_more() -> None:
    history: list[Any] = []
    for night in range(HISTORY_RUN_DATES + 3):
        run_date = date(2025, 1, 1) + timedelta(days=night)
        checks = [result("a", "pass"), result("b", "fail")]
        history = validation_document(f"r{night}", run_date, checks, history)["history"]

    assert len(history) == 2 * HISTORY_RUN_DATES
    assert (history[0]["release_id"], history[-1]["release_id"]) == ("r3", "r402")
    assert history[-1]["status"] == "fail"


def test_two_releases_of_one_day_are_both_history() -> None:
    first = validation_document("r1", TODAY, [result("a", "pass")], [])
    second = validation_document("r2", TODAY, [result("a", "fail")], first["history"])
    assert [row["release_id"] for row in second["history"]] == ["r1", "r2"]
