"""The promise to readers: a column that goes, or changes its type, is named with what it breaks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contracts.promise import PROMISED, Column, broken_promises, contracts, read_promised

TODAY = date(2026, 12, 1)
KEPT = Column("programme_results", "dq_status", "varchar")
GONE = Column("programme_results", "net_cost_before_reserves_keur", "decimal(18,3)")

Broken = Callable[..., list[str]]


@pytest.fixture
def broken(manifest: dict[str, Any]) -> Broken:
    """What is said when these columns were promised."""
    return lambda *promised: list(broken_promises(promised, manifest, TODAY))


def test_the_marts_keep_what_the_last_release_promised(manifest: dict[str, Any]) -> None:
    assert list(broken_promises(read_promised(PROMISED), manifest, TODAY)) == []


def test_what_is_promised_is_what_readers_see(manifest: dict[str, Any]) -> None:
    assert KEPT in contracts(manifest)
    assert not [column for column in contracts(manifest) if column.table.endswith("_storage")]


def test_a_column_that_is_there_breaks_nothing(broken: Broken) -> None:
    assert broken(KEPT) == []


def test_a_column_that_is_gone_is_named_with_what_is_new_beside_it(broken: Broken) -> None:
    (said,) = broken(KEPT, GONE)
    assert said.startswith("programme_results.net_cost_before_reserves_keur is gone (new in its")
    assert "net_cost_actual_keur" in said
    assert "exposure headline_figures" in said


def test_another_type_is_named_with_the_models_and_pages_that_read_it(broken: Broken) -> None:
    promised = Column("taakveld_spending", "expenses_keur", "integer")
    (said,) = broken(promised)
    assert "taakveld_spending.expenses_keur is decimal(18,3), was integer" in said
    assert "model programme_taakveld_bridge, " in said
    assert "docs/bi/r.md" in said


def test_what_was_announced_may_go_when_its_day_has_come(broken: Broken) -> None:
    assert broken(replace(GONE, deprecated_on="2026-12-01")) == []
    assert broken(replace(GONE, deprecated_on="2026-12-02")) != []


def test_every_mart_is_part_of_the_published_database(manifest: dict[str, Any]) -> None:
    read = manifest["exposures"]["exposure.doelenboom.published_database"]["depends_on"]["nodes"]
    assert {name.rpartition(".")[2] for name in read} == {
        column.table for column in contracts(manifest)
    }
