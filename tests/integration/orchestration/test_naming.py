"""Names are spelled once and mean the same everywhere."""

from pathlib import PurePosixPath
from typing import Any

import pytest

from orchestration import naming


def node(path: str, kind: str = "model", schema: str = "staging") -> dict[str, Any]:
    return {
        "original_file_path": path,
        "resource_type": kind,
        "schema": schema,
        "name": PurePosixPath(path).stem,
    }


@pytest.mark.parametrize(
    ("found", "key", "group"),
    [
        (node("models/marts/trust/m.sql", schema="marts"), ["marts", "m"], "marts_trust"),
        (node("models/marts/trust/m_storage.sql", schema="marts"), ["marts", "m"], "marts_trust"),
        (node("models/staging/cbs/s.sql"), ["staging", "cbs"], "staging"),
        (node("models/intermediate/i.sql"), ["intermediate"], "intermediate"),
    ],
)
def test_a_mart_is_an_asset_and_other_nodes_are_one_with_their_folder(
    found: dict[str, Any], key: list[str], group: str
) -> None:
    assert naming.asset_of({"sources": {}, "nodes": {"n": found}}, "n").path == key
    assert naming.group_of(found) == group


def test_a_test_is_about_the_node_it_stands_at_else_the_first_it_reads() -> None:
    reads = {"depends_on": {"nodes": ["model.p.a", "model.p.b"]}}
    assert naming.subject_of_test({**reads, "attached_node": "model.p.b"}) == "model.p.b"
    assert naming.subject_of_test({**reads, "attached_node": None}) == "model.p.a"
    assert naming.subject_of_test({"depends_on": {"nodes": []}}) == ""


def test_what_a_test_is_about_is_a_table_with_its_owner(manifest: dict[str, Any]) -> None:
    table, owner = naming.subject_and_owner(manifest, "model.doelenboom.goal_tree")
    assert table == "marts.goal_tree"
    assert owner
    table, owner = naming.subject_and_owner(manifest, "source.doelenboom.accounts.programmes")
    assert table == "accounts.programmes"
    assert naming.subject_and_owner(manifest, "gone") == ("gone", naming.OWNERS[0])


def test_data_quality_is_not_among_the_marts_that_are_validated(manifest: dict[str, Any]) -> None:
    marts = naming.published_marts(manifest)
    assert "programme_results" in marts
    assert naming.DATA_QUALITY not in marts
