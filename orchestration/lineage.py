"""Which input files each mart is built from, as dbt's manifest has it.

Paths are those that a release lists as inputs, and the file of what the night itself makes.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from doelenboom.ingestion.cbs.landed import SOURCE
from doelenboom.sources.accounts.package import DELIVERABLE
from doelenboom.sources.cbs.datasets import DATASETS
from orchestration.inputs import DELIVERIES

ACCOUNTS_SOURCE = "accounts"
BESIDE_ACCOUNTS = ("accounts_origins", "accounts_acceptances", "own_documents")
CHECKS_SOURCE = "checks"
MADE_AT_NIGHT = "state/checks/"
"""Where the results of checks are: no input, made anew by every run from all of them."""


def inputs_of_marts(
    manifest: Mapping[str, Any], paths: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Name for each mart the paths that it is built from, sorted: those among `paths`.

    They are the files of all models, seeds and macros above it with their properties, and what its
    sources read: files of the accounts package, landed deliveries. A mart of check results is
    built from everything.
    """
    return {
        node["name"]: tuple(sorted(set(_inputs_of(manifest, unique_id, paths))))
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] == "model" and node["schema"] == "marts"
    }


def _inputs_of(
    manifest: Mapping[str, Any], unique_id: str, paths: Collection[str]
) -> Iterator[str]:
    ancestors = _ancestors(manifest, unique_id)
    for ancestor in ancestors:
        if ancestor in manifest["sources"]:
            yield from _read_by(manifest["sources"][ancestor], paths)
        else:
            yield from _files_of(manifest["nodes"][ancestor], paths)
    for macro in _macros(manifest, ancestors):
        yield from _files_of(manifest["macros"][macro], paths)


def _ancestors(manifest: Mapping[str, Any], unique_id: str) -> set[str]:
    """Walk up from a node: itself and all nodes and sources that it is built from."""
    found: set[str] = set()
    waiting = [unique_id]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += manifest["nodes"].get(name, {}).get("depends_on", {}).get("nodes", ())
    return found


def _macros(manifest: Mapping[str, Any], ancestors: Collection[str]) -> set[str]:
    """All macros that the nodes call, and those that these call in turn."""
    found: set[str] = set()
    waiting = [
        macro
        for name in ancestors
        for macro in manifest["nodes"].get(name, {}).get("depends_on", {}).get("macros", ())
    ]
    while waiting:
        name = waiting.pop()
        if name not in found and name in manifest["macros"]:
            found.add(name)
            waiting += manifest["macros"][name]["depends_on"]["macros"]
    return found


def _files_of(node: Mapping[str, Any], paths: Collection[str]) -> Iterator[str]:
    """Give the file of a node and of its properties, where they are the project's own."""
    properties = (node.get("patch_path") or "").partition("://")[2]
    yield from (path for path in (node["original_file_path"], properties) if path in paths)


def _read_by(source: Mapping[str, Any], paths: Collection[str]) -> Sequence[str]:
    """Give what a source reads: a file of a package in seeds, or the deliveries of its dataset."""
    name, table = source["source_name"], source["name"]
    if name == CHECKS_SOURCE:
        return [*paths, f"{MADE_AT_NIGHT}{table}.parquet"]
    if name == ACCOUNTS_SOURCE:
        return [path for path in paths if _is_of_accounts(path, table)]
    folders = tuple(f"landing/{name}/{dataset}/" for dataset in _datasets_of(name, table))
    seeds = {f"seeds/{name}/{table}.{suffix}" for suffix in ("csv", "parquet")}
    return [path for path in paths if path in seeds or path.startswith(folders)]


def _is_of_accounts(path: str, table: str) -> bool:
    """Say whether a table of the accounts is read from a file: a seed, or accepted rows.

    Which rows count, and who accepted them, follows from everything that was delivered.
    """
    if table in BESIDE_ACCOUNTS:
        return path == f"seeds/reference/{table}.csv" or path.startswith(DELIVERIES)
    delivered = path.startswith(DELIVERIES) and path.endswith((f"/{table}.csv", "/manifest.json"))
    return delivered or path in [f"seeds/{folder}/{table}.csv" for folder in DELIVERABLE]


def _datasets_of(source: str, table: str) -> Sequence[str]:
    """Name the datasets whose deliveries fill a raw table: all of them fill the list of pages."""
    if source != SOURCE:
        return [table]
    filling = [dataset.name for dataset in DATASETS if table in dataset.raw_tables()]
    return filling or [dataset.name for dataset in DATASETS]
