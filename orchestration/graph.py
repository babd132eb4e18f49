"""What dbt builds as assets that a person can take in: a mart each, other nodes by their folder.

Read from dbt's manifest: which nodes an asset holds, what it is made of, which tests are about it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import Any

import dagster as dg

from orchestration.naming import (
    BEHIND_A_VIEW,
    DBT_TESTS,
    INPUTS,
    MARTS,
    OWNERS,
    asset_of,
    group_of,
    subject_of_test,
)


@dataclass
class Built:
    """One asset that dbt builds: the names of its nodes, the assets it is made of, its tests."""

    group: str
    description: str
    nodes: list[str] = field(default_factory=list)
    deps: set[dg.AssetKey] = field(default_factory=set)
    tests: int = 0


def built_assets(manifest: Mapping[str, Any]) -> dict[dg.AssetKey, Built]:
    """Read the assets of a manifest, each after what it is made of, the inputs if of nothing else.

    Assets that dbt does not build, as the accounts package, are among what they are made of.
    """
    found: dict[dg.AssetKey, Built] = {}
    for unique_id, node in sorted(manifest["nodes"].items()):
        if node["resource_type"] == "model":
            key = asset_of(manifest, unique_id)
            asset = found.setdefault(key, Built(group_of(node), _description(node)))
            asset.nodes.append(node["name"])
            asset.deps |= {asset_of(manifest, name) for name in node["depends_on"].get("nodes", ())}
    for node in manifest["nodes"].values():
        about = subject_of_test(node) if node["resource_type"] == "test" else ""
        if about in manifest["nodes"]:
            found[asset_of(manifest, about)].tests += 1
    for key, asset in found.items():
        asset.deps = asset.deps - {key} or {INPUTS}
    order = TopologicalSorter({key: sorted(asset.deps) for key, asset in found.items()})
    return {key: found[key] for key in order.static_order() if key in found}


def _description(node: Mapping[str, Any]) -> str:
    """Take what a mart says of itself; of a folder say what is in it."""
    if node["schema"] == MARTS and not node["name"].endswith(BEHIND_A_VIEW):
        return str(node["description"])
    folder = node["original_file_path"].rpartition("/")[0]
    return f"Everything in `{folder}`; `make docs` shows each of it with its columns and tests."


def asset_spec(key: dg.AssetKey, asset: Built) -> dg.AssetSpec:
    """Declare one of the assets to Dagster."""
    return dg.AssetSpec(
        key,
        deps=sorted(asset.deps),
        description=asset.description,
        group_name=asset.group,
        owners=OWNERS,
        kinds={"dbt", "duckdb"},
    )


def tests_spec(key: dg.AssetKey, asset: Built) -> dg.AssetCheckSpec:
    """Declare all data tests of one of the assets as one check; a failed one stops the night."""
    return dg.AssetCheckSpec(
        DBT_TESTS, asset=key, blocking=True, description=f"Its {asset.tests} data tests in dbt."
    )
