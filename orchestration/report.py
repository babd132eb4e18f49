"""The report of a night, written when it has ended and never in its way.

Knows neither Dagster nor dbt: a night without news is reported too.
"""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from doelenboom.errors import LONGEST_SENTENCE, RefusedError, in_one_line
from doelenboom.nights import Night, Reporter
from doelenboom.publication.manifest import SITE_NAME, Release
from doelenboom.publication.reading.releases import find_release
from doelenboom.reports import newest_report, write_report
from doelenboom.settings import Settings
from doelenboom.storage.resources import DuckDBResources

logger = logging.getLogger(__name__)


def reporter(settings: Settings, tell: Callable[[str], None] = logger.info) -> Reporter:
    """Give what writes the report of a night and tells the same as text.

    Whatever it fails on is a warning in one sentence: the night is over and stands as it is.
    """

    def report(began: Night, ended: Night) -> None:
        try:
            tell(_write(settings, began, ended))
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            logger.warning("the night has no report: %s", in_one_line(reason, LONGEST_SENTENCE))

    return report


def _write(settings: Settings, began: Night, ended: Night) -> str:
    from dashboard.night_report import page_of, report_of, text_of

    resources = DuckDBResources(
        settings.night_memory, settings.threads, settings.effective_spill_dir
    )
    before = _release(settings, began.release)
    told = report_of(began, ended, before, _release(settings, ended.release), resources)
    text = text_of(told)
    page = page_of(told, dict(_links(settings)))
    write_report(settings.reports_dir, ended.ended or ended.began, page, text)
    return text


def _release(settings: Settings, release_id: str | None) -> Release | None:
    """Find a release; None for none, and for one that is no longer kept or not whole."""
    try:
        return find_release(settings.releases_dir, release_id) if release_id else None
    except RefusedError as error:
        logger.warning("%s", error)
        return None


def _links(settings: Settings) -> Iterator[tuple[str, str]]:
    """Give what lies beside the report on this machine, as links from it."""
    places = {
        "Wijzigingen, op de site": settings.published_dir / SITE_NAME / "wijzigingen.html",
        "Wat is gecontroleerd (Data Docs)": settings.checks_dir / "data_docs" / "index.html",
        "Hoofdstukken die op nakijken wachten": settings.review_dir,
        "Het verslag van de vorige nacht": newest_report(settings.reports_dir),
    }
    for words, place in places.items():
        if place is not None and place.exists():
            yield words, _from_reports(settings, place)


def _from_reports(settings: Settings, place: Path) -> str:
    return Path(os.path.relpath(place, settings.reports_dir)).as_posix()
