"""The one place that spells asset keys, groups, owners and check names.

May not import Dagster's asset decorators or anything that does work.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import dagster as dg

from doelenboom.glossary import split_comment
from doelenboom.validation.outcomes import OWNER

NIGHTLY = "nightly"
OWNERS = (OWNER,)
DATA_QUALITY = "data_quality"
WRITER_POOL = "warehouse"

CBS = dg.AssetKey(["sources", "cbs"])
INPUTS = dg.AssetKey(["sources", "inputs"])
ACCOUNTS = dg.AssetKey(["sources", "accounts"])
RAW_CBS = dg.AssetKey(["raw", "cbs"])
CHAPTERS = dg.AssetKey(["raw", "chapters"])
CANDIDATE = dg.AssetKey(["publication", "candidate"])
CHECK_RESULTS = dg.AssetKey(["checks", "check_results"])
RELEASE = dg.AssetKey(["publication", "release"])
SITE = dg.AssetKey(["publication", "site"])

SOURCES_GROUP = "sources"
RAW_GROUP = "raw"
VALIDATION_GROUP = "validation"
PUBLICATION_GROUP = "publication"

DBT_TESTS = "dbt_tests"
EXPECTATIONS = "expectations"
"""The two checks of a mart: what dbt proves of it, and whether it looks plausible."""

MARTS = "marts"
BEHIND_A_VIEW = "_storage"
"""How the name of a table ends that is read through the mart of the same name alone."""

_OF_SOURCE = {
    **dict.fromkeys(("accounts", "benchmarks", "exceptions", "reference"), ACCOUNTS),
    "cbs": RAW_CBS,
    "checks": CHECK_RESULTS,
}

Node = Mapping[str, Any]


def mart_key(name: str) -> dg.AssetKey:
    """Name the asset of one mart; a table behind a view belongs to its view."""
    return dg.AssetKey([MARTS, name.removesuffix(BEHIND_A_VIEW)])


def asset_of(manifest: Mapping[str, Any], unique_id: str) -> dg.AssetKey:
    """Name the asset that a dbt node or source belongs to.

    Each mart is an asset of its own; other models are one with those in the same folder, as
    `staging/cbs`. All files below `seeds/` are one, which checks them.
    """
    if unique_id in manifest["sources"]:
        return _OF_SOURCE[manifest["sources"][unique_id]["source_name"]]
    node = manifest["nodes"][unique_id]
    return mart_key(node["name"]) if node["schema"] == MARTS else dg.AssetKey(_folders(node))


def group_of(node: Node) -> str:
    """Name the group of a dbt node: `staging`, and for marts `marts_trust`."""
    layer, *subject = _folders(node)
    return "_".join([layer, *subject]) if layer == MARTS else layer


def _folders(node: Node) -> list[str]:
    """Give the layer that a model stands in and, where it has one, the subject below it."""
    return list(PurePosixPath(node["original_file_path"]).parent.parts[1:])


def subject_of_test(node: Node) -> str:
    """Say which node a data test is about: the one it stands at, or the first that it reads."""
    return node.get("attached_node") or next(iter(node["depends_on"]["nodes"]), "")


def published_marts(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """List the marts of a dbt manifest that are validated: all but `data_quality`."""
    names = {
        mart_key(node["name"]).path[-1]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] == MARTS
    }
    return tuple(sorted(names - {DATA_QUALITY}))


def subjects_in_dutch(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Say in Dutch which tables checks are about: a mart by its label, others by their layer."""
    of_layer = {
        "staging": "een ingelezen bestand",
        "intermediate": "een tussenstap van de berekening",
    }
    marts = {
        node["name"]: f"‘{split_comment(node['description'])[0]}’"
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] == MARTS
    }
    return {
        f"{node['schema']}.{node['name']}": of_layer.get(node["schema"])
        or marts[node["name"].removesuffix(BEHIND_A_VIEW)]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    }


def subject_and_owner(manifest: Mapping[str, Any], unique_id: str) -> tuple[str, str]:
    """Name the table a dbt node makes or reads, and who owns it: `marts.goal_tree`, a group."""
    node = manifest["nodes"].get(unique_id) or manifest["sources"].get(unique_id)
    if node is None:
        return unique_id, OWNERS[0]
    group = next((g for g in manifest["groups"].values() if g["name"] == node.get("group")), None)
    owner = group["owner"].get("email") or group["owner"]["name"] if group else OWNERS[0]
    return f"{node['schema']}.{node['name']}", owner
