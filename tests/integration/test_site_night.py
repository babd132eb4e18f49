"""The site on whole nights: with its release, after it, never in its way."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.releases import current_release, find_release
from doelenboom.publication.reading.sealed import WHOLE, verify
from doelenboom.publication.release.rollback import roll_back
from doelenboom.publication.release.site import has_site, release_before, site_of
from doelenboom.storage.files import read_json, sha256_file
from orchestration.run import NightOutcome, run_night
from tests.integration.small_night import SmallSettings, night, suites


def broken(release: Release, before: Release | None, folder: Path) -> None:
    (folder / "index.html").write_text("half a site", encoding="utf-8")
    raise ValueError("a page would show a null")


def night_without_site(settings: SmallSettings, full: bool) -> NightOutcome:
    return run_night(settings, full=full, suites=suites(), make_site=broken)


def release_of(settings: SmallSettings, release_id: str) -> Release:
    return find_release(settings.releases_dir, release_id)


def shown(settings: SmallSettings) -> Path:
    return (settings.published_dir / "site").resolve()


def test_a_release_has_its_site_with_hashes_and_is_followed(small_published: SmallSettings) -> None:
    release = current_release(small_published.published, small_published.releases_dir)
    assert release is not None
    assert shown(small_published) == site_of(release)
    files = read_json(site_of(release) / "manifest.json")["files"]
    assert set(files) == {"index.html", "static/site.css"}
    assert all(sha256_file(site_of(release) / name) == sha256 for name, sha256 in files.items())
    assert site_of(release).joinpath("index.html").stat().st_mode & 0o777 == 0o444


def test_a_page_that_is_another_is_found_when_all_is_verified(
    small_published: SmallSettings,
) -> None:
    release = current_release(small_published.published, small_published.releases_dir)
    assert release is not None
    assert {file.found for file in verify(release.folder)} == {"as sealed"}
    page = site_of(release) / "index.html"
    page.unlink()
    page.write_text("another", encoding="utf-8")
    changed = [(file.file, file.found) for file in verify(release.folder) if file.found != WHOLE]
    assert changed == [("site/index.html", "changed since it was sealed")]
    page.with_name("manifest.json").unlink()
    assert [file.file for file in verify(release.folder) if file.found != WHOLE] == [
        "site/manifest.json"
    ]


def test_what_a_site_shares_with_the_one_before_is_one_file(small_published: SmallSettings) -> None:
    again = release_of(small_published, night(small_published, full=True).release_id)
    before = release_before(again, small_published.published_dir)
    assert before is not None and before.release_id < again.release_id
    for name in ("index.html", "static/site.css"):
        assert site_of(again).joinpath(name).samefile(site_of(before) / name)
    assert not site_of(again).joinpath("manifest.json").samefile(site_of(before) / "manifest.json")


def test_a_site_that_fails_is_told_and_the_night_has_published(
    small_published: SmallSettings,
) -> None:
    first = shown(small_published)
    outcome = night_without_site(small_published, full=True)
    assert outcome.published
    assert outcome.notes == (
        f"Release {outcome.release_id} has no site, the one before stays:"
        " ValueError: a page would show a null",
    )
    assert shown(small_published) == first
    assert not has_site(release_of(small_published, outcome.release_id))
    assert night_without_site(small_published, full=False).notes == outcome.notes


def test_a_night_without_news_makes_the_site_that_is_missing(
    small_published: SmallSettings,
) -> None:
    made = night_without_site(small_published, full=True)
    again = night(small_published)
    assert not again.published and again.notes == ()
    assert shown(small_published) == site_of(release_of(small_published, made.release_id))


def test_going_back_brings_the_site_of_that_release_back(small_published: SmallSettings) -> None:
    first = current_release(small_published.published, small_published.releases_dir)
    assert first is not None
    later = night(small_published, full=True).release_id
    for release_id in (first.release_id, later):
        roll_back(release_id, small_published.published_dir, datetime.now(UTC))
        assert shown(small_published) == site_of(release_of(small_published, release_id))


def test_going_back_to_a_release_without_a_site_shows_none(small_published: SmallSettings) -> None:
    without = night_without_site(small_published, full=True).release_id
    night(small_published, full=True)
    roll_back(without, small_published.published_dir, datetime.now(UTC))
    assert not small_published.published_dir.joinpath("site").exists()


def test_a_switch_that_was_broken_off_is_finished_by_the_next_run(
    small_published: SmallSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = current_release(small_published.published, small_published.releases_dir)
    assert first is not None
    night(small_published, full=True)
    later = shown(small_published)
    (small_published.published_dir / "site").unlink()
    (small_published.published_dir / "site").symlink_to(site_of(first))
    (small_published.warehouse.parent / "site").mkdir()
    night(small_published)
    assert shown(small_published) == later
    assert not (small_published.warehouse.parent / "site").exists()
