"""What the night is made from; when none of it changed, the night ends here.

This asset yields nothing then, and Dagster skips everything after it.
"""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import dagster as dg

from doelenboom.publication.inputs import InputFile, collect_inputs, fingerprint, is_unchanged
from doelenboom.publication.releases import current_release
from orchestration.naming import INPUTS, OWNERS, SOURCES_GROUP, WRITER_POOL
from orchestration.night import Night

TOOLS = ("dagster", "dbt-core", "dbt-duckdb", "duckdb", "great-expectations", "pandas")


class NightConfig(dg.Config):
    """`full` builds and promotes also when no input changed."""

    full: bool = False


@dataclass(frozen=True)
class Inputs:
    """The files, tools and commit a release is made from, as they were when the night began."""

    files: tuple[InputFile, ...]
    versions: dict[str, str]
    commit: str | None

    @property
    def fingerprint(self) -> str:
        """One hash of files and tools; the commit is told, not counted."""
        return fingerprint(self.files, self.versions)


@dg.asset(
    key=INPUTS,
    output_required=False,
    group_name=SOURCES_GROUP,
    owners=OWNERS,
    pool=WRITER_POOL,
)
def inputs(
    context: dg.AssetExecutionContext, config: NightConfig, night: dg.ResourceParam[Night]
) -> Iterator[dg.MaterializeResult[Inputs]]:
    """Hashes of all files that decide the figures; skipped when none changed."""
    found = read_inputs(night.settings.project_dir)
    current = current_release(night.settings.published, night.settings.releases_dir)
    if not config.full and is_unchanged(found.fingerprint, current, night.settings.published):
        context.log.info("nothing changed since the current release")
        return
    yield dg.MaterializeResult(
        value=found, metadata={"files": len(found.files), "sha256": found.fingerprint}
    )


def read_inputs(project_dir: Path) -> Inputs:
    """Hash the files below the project folder and ask the tools for their versions."""
    return Inputs(
        files=tuple(collect_inputs(project_dir)),
        versions={tool: version(tool) for tool in TOOLS},
        commit=_commit(project_dir),
    )


def _commit(project_dir: Path) -> str | None:
    """Ask git for the commit; None outside a repository or without git."""
    command = ["git", "-C", str(project_dir), "rev-parse", "HEAD"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()
