"""The one place that spells asset keys, groups, owners and check names.

May not import Dagster's asset decorators or anything that does work.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator

NIGHTLY = "nightly"
OWNERS = ("team:doelenboom",)
DATA_QUALITY = "data_quality"
WRITER_POOL = "warehouse"

ACCOUNTS_FILES = (
    "programmes",
    "goal_tree",
    "programme_finance",
    "indicators",
    "statutory_indicators",
    "action_points",
    "variance_explanations",
    "forecasts",
    "chapter_facts",
    "documents",
)

CBS = dg.AssetKey(["sources", "cbs"])
INPUTS = dg.AssetKey(["sources", "inputs"])
CHAPTERS = dg.AssetKey(["raw", "chapters"])
CANDIDATE = dg.AssetKey(["publication", "candidate"])
CHECK_RESULTS = dg.AssetKey(["checks", "check_results"])
RELEASE = dg.AssetKey(["publication", "release"])

SOURCES_GROUP = "sources"
RAW_GROUP = "raw"
VALIDATION_GROUP = "validation"
PUBLICATION_GROUP = "publication"


def accounts_key(name: str) -> dg.AssetKey:
    """Name the asset of one CSV of the accounts package, as dbt's source of that name."""
    return dg.AssetKey(["accounts", name])


def raw_key(source: str, name: str) -> dg.AssetKey:
    """Name the asset of one raw table, as dbt's source of that name."""
    return dg.AssetKey([source, name])


def mart_key(name: str) -> dg.AssetKey:
    """Name the asset of one mart, as dagster-dbt does: schema, then model."""
    return dg.AssetKey(["marts", name])


def check_name(name: str) -> str:
    """Turn any name into one that Dagster accepts for a check: letters, digits, underscores."""
    return re.sub(r"\W", "_", name)


def dbt_group(properties: Mapping[str, Any]) -> str:
    """Name the group of a dbt node after its folder: `staging_accounts`, `seeds_reference`."""
    folders: Sequence[str] = properties["fqn"][1:-1]
    rooms = (["seeds"] if properties["resource_type"] == "seed" else []) + list(folders)
    return "_".join(rooms) or properties["resource_type"]


class Translator(DagsterDbtTranslator):
    """Names of dbt nodes in Dagster: dagster-dbt's own keys, our groups and owners."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return dbt_group(dbt_resource_props)

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> Sequence[str]:
        return super().get_owners(dbt_resource_props) or OWNERS


def published_marts(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """List the marts of a dbt manifest that are validated: all but `data_quality`."""
    return tuple(
        sorted(
            node["name"]
            for node in manifest["nodes"].values()
            if node["resource_type"] == "model"
            and node["schema"] == "marts"
            and node["name"] != DATA_QUALITY
        )
    )


def subject_and_owner(manifest: Mapping[str, Any], unique_id: str) -> tuple[str, str]:
    """Name the table a dbt node makes or reads, and who owns it: `marts.goal_tree`, a group."""
    node = manifest["nodes"].get(unique_id) or manifest["sources"].get(unique_id)
    if node is None:
        return unique_id, OWNERS[0]
    group = next((g for g in manifest["groups"].values() if g["name"] == node.get("group")), None)
    owner = group["owner"].get("email") or group["owner"]["name"] if group else OWNERS[0]
    return f"{node['schema']}.{node['name']}", owner
