"""The site of what is published, made after it and never in its way.

Knows neither Dagster nor dbt: a night without news makes a site that an earlier one could not.
"""

import logging
from functools import partial

from doelenboom.errors import LONGEST_SENTENCE, in_one_line
from doelenboom.publication.manifest import Release
from doelenboom.publication.release.site import SiteMaker, add_site, has_site, show_site
from doelenboom.settings import Settings
from doelenboom.storage.resources import DuckDBResources

logger = logging.getLogger(__name__)


def bring_site(release: Release, settings: Settings, make: SiteMaker) -> str | None:
    """Make the site of the current release where it has none, and show it.

    Returns one sentence when that fails, whatever it fails on; what readers see stays then. The
    caller holds the lock of the only writer.
    """
    try:
        if not has_site(release):
            add_site(release, settings.published_dir, make, settings.warehouse.parent)
        show_site(release, settings.published_dir)
    except Exception as error:
        logger.warning("no site of %s", release.release_id, exc_info=error)
        reason = f"{type(error).__name__}: {error}"
        return in_one_line(
            f"Release {release.release_id} has no site, the one before stays: {reason}",
            LONGEST_SENTENCE,
        )
    return None


def site_maker(resources: DuckDBResources) -> SiteMaker:
    """Give what makes our site, with what DuckDB may use for it."""
    from dashboard.site import make_site

    return partial(make_site, resources=resources)
