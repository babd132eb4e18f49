"""What was released can be listed, the current one found, and earlier verdicts read back."""

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.releases import (
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
    manifest = house.seal(FIRST).folder / "manifest.json"
    good = json.loads(manifest.read_text(encoding="utf-8"))
    for text, told in [
        ("{", "not valid JSON"),
        ("[]", "expected a JSON object"),
        (json.dumps({**good, "run_date": "yesterday"}), "not a manifest"),
        (json.dumps({"release_id": "x"}), "KeyError"),
    ]:
        manifest.unlink()
        manifest.write_text(text, encoding="utf-8")
        with pytest.raises(RefusedError, match=told) as refused:
            list_releases(house.releases_dir)
        assert str(manifest) in str(refused.value)
    manifest.unlink()
    with pytest.raises(RefusedError, match="No such file"):
        list_releases(house.releases_dir)


def test_the_current_release_is_known_by_link_or_by_bytes(house: House) -> None:
    first = house.publish(FIRST)
    second = house.seal(FIRST + timedelta(days=1))
    assert second.database_sha256 == first.database_sha256
    assert current_release(house.published, house.releases_dir) == first

    house.published.unlink()
    shutil.copyfile(second.database, house.published)
    assert current_release(house.published, house.releases_dir) == second

    house.published.unlink()
    house.published.write_bytes(b"of nobody")
    assert current_release(house.published, house.releases_dir) is None


def test_a_release_knows_the_keys_of_its_tables(house: House) -> None:
    release = house.seal(FIRST)
    assert release.key_of("spending") == ("programme_code", "fiscal_year")
    with pytest.raises(RefusedError, match="no table nope"):
        release.key_of("nope")


def test_a_damaged_validation_is_named(house: House) -> None:
    validation = house.seal(FIRST).folder / "validation.json"
    validation.unlink()
    validation.write_text('{"results": []}', encoding="utf-8")
    with pytest.raises(RefusedError, match=r"validation\.json has no list of history"):
        previous_validation(house.releases_dir)


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
