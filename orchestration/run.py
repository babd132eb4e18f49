"""The nightly job in this process: the same job that the schedule starts.

Returns what came of it, or raises the one error that stopped it. A night in which nothing changed
ends here, before Dagster, dbt and Great Expectations are imported.
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from doelenboom.errors import RefusedError
from doelenboom.faults import reason_of
from doelenboom.folders import prepare_folders
from doelenboom.ingestion.cbs.landed import stale_sources
from doelenboom.lock import only_writer
from doelenboom.nights import recorded
from doelenboom.publication.reading.releases import current_release, find_release
from doelenboom.publication.release.site import SiteMaker, has_site
from doelenboom.settings import Settings
from doelenboom.storage.resources import DuckDBResources
from orchestration.inputs import look
from orchestration.report import reporter
from orchestration.site import bring_site, site_maker

if TYPE_CHECKING:
    from doelenboom.validation.expecting import Suite
    from orchestration.job import OnStep

COLLECTING = (50_000, 20, 100)
"""How many new objects make Python look for garbage. At its 700 that is a fifth of the work of a
night, whose objects of Dagster, dbt and Great Expectations stay; so it holds no more memory."""


@dataclass(frozen=True)
class NightOutcome:
    """`release_id` is the release that readers see now; `published` says whether it is new.

    `stale` has a sentence for each source that is not as fresh as it should be; `held_back` is
    the release that was rolled back from and would have been published again; `notes` say what else
    a person should know of the run.
    """

    published: bool
    release_id: str
    stale: tuple[str, ...]
    held_back: str | None = None
    notes: tuple[str, ...] = ()


def run_night(
    settings: Settings,
    full: bool = False,
    refresh: bool = False,
    *,
    on_step: "OnStep" = lambda step: None,
    suites: "Mapping[str, Suite] | None" = None,
    make_site: SiteMaker | None = None,
) -> NightOutcome:
    """Run the job `nightly` and say which release readers see now.

    `refresh` asks the live sources first, `full` publishes also when nothing changed; without
    either, the inputs say whether there is anything to run. `on_step` hears the name of each step
    as it starts; `suites` guard the candidate and `make_site` fills the folder of the
    site, ours unless others are given. Raises the
    DoelenboomError that stopped the night, RunActiveError when another run holds the warehouse.
    """
    try:
        prepare_folders(settings)
        with only_writer(settings.state_dir), recorded(settings, reporter(settings)) as found:
            ended = None if full or refresh else look(settings)[1]
            if ended:
                found.stale = tuple(stale_sources(settings))
                notes = _missing_site(settings, ended.release_id, make_site)
                return NightOutcome(False, ended.release_id, found.stale, ended.held_back, notes)
            with _collecting_seldom():
                outcome = _run_job(
                    settings, full, refresh, on_step, suites=suites, make_site=make_site
                )
            found.stale = outcome.stale
            return outcome
    except Exception as error:
        raise reason_of(error, settings.data_dir) from error


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*COLLECTING)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _run_job(
    settings: Settings,
    full: bool,
    refresh: bool,
    on_step: "OnStep",
    *,
    suites: "Mapping[str, Suite] | None",
    make_site: SiteMaker | None,
) -> NightOutcome:
    from orchestration.home import set_aside_damaged
    from orchestration.job import run_job

    damaged = set_aside_damaged(settings)
    published, held_back, no_site = run_job(
        settings, full, refresh, on_step, suites=suites, make_site=make_site
    )
    notes = (*damaged, *([no_site] if no_site else ()))
    stale = tuple(stale_sources(settings))
    if published:
        return NightOutcome(True, published, stale, notes=notes)
    current = current_release(settings.published, settings.releases_dir)
    if current is None:
        raise RefusedError(f"the run ended without a release; see {settings.log_dir}")
    return NightOutcome(False, current.release_id, stale, held_back, notes)


def _missing_site(
    settings: Settings, release_id: str, make_site: SiteMaker | None
) -> tuple[str, ...]:
    """Make the site that the night of this release could not; say so when it fails again."""
    release = find_release(settings.releases_dir, release_id)
    if has_site(release):
        return ()
    resources = DuckDBResources(
        settings.night_memory, settings.threads, settings.effective_spill_dir
    )
    reason = bring_site(release, settings, make_site or site_maker(resources))
    return (reason,) if reason else ()
