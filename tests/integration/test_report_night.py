"""Every night leaves a report: one that published, one without news, one that failed."""

import pytest

from doelenboom.errors import ValidationBlockedError
from doelenboom.publication.reading.releases import current_release
from doelenboom.reports import newest_report
from tests.integration.small_night import SmallSettings, night


def text(settings: SmallSettings) -> str:
    newest = newest_report(settings.reports_dir)
    assert newest
    return newest.with_suffix(".txt").read_text(encoding="utf-8")


def page(settings: SmallSettings) -> str:
    return (settings.reports_dir / "latest.html").read_text(encoding="utf-8")


def test_each_night_is_reported_as_what_it_was(small_published: SmallSettings) -> None:
    small = small_published
    first = current_release(small.published, small.releases_dir)
    assert first
    assert f"Lezers zien de nieuwe uitgave {first.release_id}." in text(small)

    assert not night(small).published
    assert f"Er is niets nieuws gepubliceerd. Lezers zien uitgave {first.release_id}." in text(
        small
    )
    assert "Tabel " not in text(small) and "<table" not in page(small)

    (small.inbox_dir / "scan<b>.png").write_bytes(b"\x89PNG")
    second = night(small)
    assert second.published
    assert "Tabel data_quality: 1 rijen erbij, 0 weg, 0 anders" in text(small)
    assert "Wat is aangeleverd: vraagt aandacht 1, nieuw 1, voorbij 0" in text(small)
    assert f"doelenboom diff {first.release_id} {second.release_id}" in text(small)
    assert "scan&lt;b&gt;.png" in page(small) and "scan<b>" not in page(small)

    with pytest.raises(ValidationBlockedError):
        night(small, full=True, at_least=99)
    assert "De nacht is mislukt. Er is niets nieuws gepubliceerd." in text(small)
    assert "programme_results.has_rows" in page(small)

    assert not night(small).published
    assert text(small).splitlines()[1].startswith("Voorbij: marts.programme_results: ")


def test_a_report_that_cannot_be_written_stops_no_night(small_published: SmallSettings) -> None:
    small = small_published
    for file in small.reports_dir.iterdir():
        file.unlink()
    small.reports_dir.rmdir()
    small.reports_dir.write_text("in the way")
    assert night(small, full=True).published
