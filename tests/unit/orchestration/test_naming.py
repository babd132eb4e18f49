"""Names are spelled once and mean the same everywhere."""

from typing import Any

import dagster as dg
import pytest

from orchestration import naming


@pytest.mark.parametrize(
    ("node", "group"),
    [
        ({"fqn": ["p", "marts", "trust", "m"], "resource_type": "model"}, "marts_trust"),
        ({"fqn": ["p", "reference", "s"], "resource_type": "seed"}, "seeds_reference"),
        ({"fqn": ["p", "m"], "resource_type": "model"}, "model"),
    ],
)
def test_a_group_is_named_after_the_folder(node: dict[str, Any], group: str) -> None:
    assert naming.dbt_group(node) == group


def test_a_check_name_is_one_that_dagster_accepts() -> None:
    name = naming.check_name("goal_tree.every product has a parent: 1|2|3")
    assert dg.AssetCheckSpec(name, asset="goal_tree").name == name


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
