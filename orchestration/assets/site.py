"""Published to looked at: the pages of the release that readers open now."""

from collections.abc import Iterator

import dagster as dg

from doelenboom.publication.reading.releases import published_release
from doelenboom.publication.release.site import SiteMaker, site_of
from orchestration.naming import OWNERS, PUBLICATION_GROUP, RELEASE, SITE, WRITER_POOL
from orchestration.run_context import RunContext
from orchestration.site import bring_site, site_maker

NOT_MADE = "not_made"
"""Under this name an observation of the site says in a sentence why there is none."""


def build_site(make: SiteMaker | None) -> dg.AssetsDefinition:
    """Make the asset of the site, by our pages unless others are given."""

    @dg.asset(
        key=SITE,
        deps=[RELEASE],
        output_required=False,
        group_name=PUBLICATION_GROUP,
        owners=OWNERS,
        kinds={"html"},
        pool=WRITER_POOL,
    )
    def site(
        context: dg.AssetExecutionContext, run: dg.ResourceParam[RunContext]
    ) -> Iterator[dg.MaterializeResult[None]]:
        """The site that people look at; when it cannot be made, the night has published."""
        settings = run.settings
        release = published_release(settings.published, settings.releases_dir)
        if reason := bring_site(release, settings, make or site_maker(run.duckdb)):
            context.log.warning(reason)
            observed = dg.AssetObservation(SITE, description=reason, metadata={NOT_MADE: reason})
            context.log_event(observed)
            return
        files = sum(path.is_file() for path in site_of(release).rglob("*"))
        yield dg.MaterializeResult(
            metadata={"path": str(site_of(release)), "files": files, "release": release.release_id}
        )

    return site
