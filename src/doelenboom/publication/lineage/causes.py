"""Why releases differ: which inputs changed, and which of them a table is built from.

Compares two manifests; opens no database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from doelenboom.publication.manifest import InputFile, Release

LANDED, SEEDS, MODELS, CHECKS = "landed", "seeds", "models", "checks"
CODE, PAGES, TOOLS, COMMIT = "code", "pages", "tools", "commit"

GROUPS = {
    "landing": LANDED,
    "inbox": LANDED,
    "seeds": SEEDS,
    "models": MODELS,
    "macros": MODELS,
    "dbt_project.yml": MODELS,
    "profiles.yml": MODELS,
    "tests": CHECKS,
    "src": CODE,
    "orchestration": CODE,
    "dashboard": PAGES,
    "requirements": TOOLS,
}
"""The group of an input, by the first part of its path; any other is code."""

ORDER = (LANDED, SEEDS, MODELS, CHECKS, CODE, PAGES, TOOLS, COMMIT)
TOUCH_ALL = (CODE, TOOLS)
"""Groups that every table is built with, whatever it is built from."""

PROJECT_FILES = ("dbt_project.yml", "profiles.yml")
NOT_RECORDED = "not recorded: the releases do not say what the table is built from"
FAULT = "none of its inputs changed, so it should not have: a fault"
AT_NIGHT = "results of checks, made anew each night"


@dataclass(frozen=True)
class InputChange:
    """One input that differs: its group, its name, and what it was and is.

    A landed table is named `landing/<source>/<dataset>/<table>` and goes from delivery to
    delivery (a chapter: from hash to hash); a file is named by its path and goes from hash to
    hash (8 hex digits), a tool from version to version. None is where it was not there.
    """

    group: str
    name: str
    old: str | None
    new: str | None


def changed_inputs(old: Release, new: Release) -> tuple[InputChange, ...]:
    """List the inputs that differ between two releases, by group, then by name."""
    before, after = _facts(old), _facts(new)
    changes = [
        InputChange(group, name, before.get((group, name)), after.get((group, name)))
        for group, name in {**before, **after}
        if before.get((group, name)) != after.get((group, name))
    ]
    return tuple(sorted(changes, key=lambda each: (ORDER.index(each.group), each.name)))


def why_without_inputs(old: Release, new: Release) -> str:
    """Say why there is a later release although no input, tool or commit differs."""
    if old.release_id == new.release_id:
        return "It is the same release twice."
    if old.fingerprint != new.fingerprint:
        return (
            "No input changed: what is known of how fresh a source is did (data_quality, kind"
            " freshness)."
        )
    return (
        "No input changed: the later release was asked for (`run --full`), or made because what"
        " was published was not as it was sealed."
    )


def causes_of(
    table: str, old: Release, new: Release, changes: Iterable[InputChange]
) -> tuple[str, ...]:
    """Name the changed inputs that a table is built from: its own by name, others by group.

    Says so when neither release records what the table is built from, and when it is recorded
    and none of it changed.
    """
    paths = {*old.depends_on.get(table, ()), *new.depends_on.get(table, ())}
    if not paths:
        return (NOT_RECORDED,)
    own = {_fact(path)[1] for path in paths}
    hashed = {file.path for file in (*old.inputs, *new.inputs)}
    found = {
        change.group if change.group in TOUCH_ALL else change.name: None
        for change in changes
        if change.group in TOUCH_ALL or change.name in own or change.name in PROJECT_FILES
    }
    made_at_night = (AT_NIGHT,) if paths - hashed else ()
    return (*found, *made_at_night) or (FAULT,)


def _facts(release: Release) -> Mapping[tuple[str, str], str | None]:
    """Each input by group and name, with what it was in this release."""
    files = {_fact(file.path): _state(file) for file in release.inputs}
    tools = {(TOOLS, tool): version for tool, version in release.versions.items()}
    return {**files, **tools, (COMMIT, COMMIT): release.commit and release.commit[:12]}


def _fact(path: str) -> tuple[str, str]:
    """Give an input its group and name: a delivery has the name of its table."""
    group = GROUPS.get(path.partition("/")[0], CODE)
    return group, "/".join(path.split("/")[:4]) if _is_delivery(path) else path


def _state(file: InputFile) -> str:
    parts = file.path.split("/")
    return parts[-2] if _is_delivery(file.path) else file.sha256[:8]


def _is_delivery(path: str) -> bool:
    return path.startswith("landing/")
