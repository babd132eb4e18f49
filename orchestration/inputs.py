"""What the night is made from, and whether any of it changed: known before anything is built.

Knows neither Dagster nor dbt, so that a night without news ends before they are imported.
"""

import subprocess
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from doelenboom.ingestion.accounts import fed_files
from doelenboom.ingestion.cbs.landed import freshness, landed_manifests
from doelenboom.ingestion.inbox import inbox_inputs
from doelenboom.ingestion.taking import take_tables
from doelenboom.publication.manifest import InputFile, origin
from doelenboom.publication.reading.history import held_back
from doelenboom.publication.reading.releases import current_release
from doelenboom.publication.release.inputs import (
    collect_inputs,
    fingerprint,
    hash_inputs,
    is_unchanged,
)
from doelenboom.publication.release.leftovers import clear_leftovers
from doelenboom.publication.release.looks import Look, record_look
from doelenboom.settings import Settings

DELIVERIES = "landing/deliveries/"
TOOLS = ("dagster", "dbt-core", "dbt-duckdb", "duckdb", "great-expectations", "pandas", "pyarrow")


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


def look(settings: Settings, full: bool = False) -> tuple[Inputs, Look | None]:
    """Read the inputs, and say when the night ends here: what it would publish is known already.

    It is when nothing changed since the current release, and when the inputs are those of a release
    that was rolled back from; never so for a `full` night. That is put on record. What a broken-off
    run left is cleared first, and what can be taken of the inbox is taken. The caller holds the
    lock of the only writer.
    """
    clear_leftovers(settings.published, settings.warehouse.parent)
    take_tables(settings)
    found = read_inputs(settings)
    ended = None if full else _without_news(settings, found)
    if ended:
        record_look(settings.look_file, ended)
    return found, ended


def _without_news(settings: Settings, found: Inputs) -> Look | None:
    current = current_release(settings.published, settings.releases_dir)
    if current is None:
        return None
    unchanged = is_unchanged(found.fingerprint, current, settings.published)
    rejected = None if unchanged else held_back(settings.published_dir, found.origin)
    if not unchanged and rejected is None:
        return None
    return Look(datetime.now(UTC), current.release_id, rejected)


def read_inputs(settings: Settings) -> Inputs:
    """Hash the project's files, what landed and what was accepted; ask for versions."""
    kept = [*landed_manifests(settings), *fed_files(settings)]
    landed = hash_inputs(settings.data_dir, kept)
    return Inputs(
        files=(
            *collect_inputs(settings.project_dir, settings.bundled_dir),
            *sorted([*landed, *inbox_inputs(settings)], key=lambda file: file.path),
        ),
        versions={tool: version(tool) for tool in TOOLS},
        freshness={item.dataset: item.observed for item in freshness(settings)},
        commit=_commit(settings.project_dir),
    )


def without_set_aside(inputs: Inputs, settings: Settings) -> Inputs:
    """Leave out what was found not to fit since the inputs were read."""
    counted = {file.relative_to(settings.data_dir).as_posix() for file in fed_files(settings)}
    files = (f for f in inputs.files if not f.path.startswith(DELIVERIES) or f.path in counted)
    return replace(inputs, files=tuple(files))


def _commit(project_dir: Path) -> str | None:
    """Ask git for the commit; None outside a repository or without git."""
    command = ["git", "-C", str(project_dir), "rev-parse", "HEAD"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()
