"""What the night is made from; when none of it changed, the night ends here.

This asset yields nothing then, and Dagster skips everything after it.
"""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import dagster as dg

from doelenboom.publication.history import held_back
from doelenboom.publication.inputs import (
    InputFile,
    collect_inputs,
    fingerprint,
    hash_inputs,
    is_unchanged,
    origin,
)
from doelenboom.publication.leftovers import clear_leftovers
from doelenboom.publication.releases import current_release
from doelenboom.settings import Settings
from orchestration.landed import freshness, land_inbox, landed_manifests
from orchestration.naming import CBS, INPUTS, OWNERS, RELEASE, SOURCES_GROUP, WRITER_POOL
from orchestration.night import Night

TOOLS = ("dagster", "dbt-core", "dbt-duckdb", "duckdb", "great-expectations", "pandas", "pyarrow")

HELD_BACK = "held_back"
"""Under this name an observation of the release says what was rolled back from."""


class NightConfig(dg.Config):
    """`full` builds and promotes also when no input changed."""

    full: bool = False


@dataclass(frozen=True)
class Inputs:
    """The files, tools and commit a release is made from, as they were when the night began.

    `freshness` is what readers are told of each dataset of CBS, by its name.
    """

    files: tuple[InputFile, ...]
    versions: dict[str, str]
    freshness: dict[str, str]
    commit: str | None

    @property
    def fingerprint(self) -> str:
        """One hash of files, tools and freshness; the commit is told, not counted."""
        return fingerprint(self.files, self.versions, self.freshness)

    @property
    def origin(self) -> str:
        """One hash of files and commit, by which a release that was rolled back from is known."""
        return origin(self.files, self.commit)


@dg.asset(
    key=INPUTS,
    deps=[CBS],
    output_required=False,
    group_name=SOURCES_GROUP,
    owners=OWNERS,
    pool=WRITER_POOL,
)
def inputs(
    context: dg.AssetExecutionContext, config: NightConfig, night: dg.ResourceParam[Night]
) -> Iterator[dg.MaterializeResult[Inputs]]:
    """Hashes of all files that decide the figures; skipped when none changed."""
    settings = night.settings
    clear_leftovers(settings.published, settings.warehouse.parent)
    found = read_inputs(settings)
    current = current_release(settings.published, settings.releases_dir)
    if not config.full and is_unchanged(found.fingerprint, current, settings.published):
        context.log.info("nothing changed since the current release")
        return
    rejected = held_back(settings.published_dir, found.origin)
    if not config.full and rejected:
        tell_held_back(context, rejected)
        return
    yield dg.MaterializeResult(
        value=found, metadata={"files": len(found.files), "sha256": found.fingerprint}
    )


def tell_held_back(context: dg.AssetExecutionContext, release_id: str) -> None:
    """Tell Dagster, and who reads its events, that a release is not published again, and why."""
    context.log_event(
        dg.AssetObservation(
            RELEASE,
            description=f"{release_id} was rolled back from, and no file and no commit changed",
            metadata={HELD_BACK: release_id},
        )
    )


def read_inputs(settings: Settings) -> Inputs:
    """Hash the project's files, the manifests of what is landed and the inbox; ask for versions."""
    dropped = [chapter.kept for chapter in land_inbox(settings) if not chapter.kept.is_symlink()]
    landed = hash_inputs(settings.data_dir, [*landed_manifests(settings), *dropped])
    return Inputs(
        files=(*collect_inputs(settings.project_dir), *landed),
        versions={tool: version(tool) for tool in TOOLS},
        freshness={item.dataset: item.observed for item in freshness(settings)},
        commit=_commit(settings.project_dir),
    )


def _commit(project_dir: Path) -> str | None:
    """Ask git for the commit; None outside a repository or without git."""
    command = ["git", "-C", str(project_dir), "rev-parse", "HEAD"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()
