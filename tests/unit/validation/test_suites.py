"""Every check of every suite passes on good data and fails on the fault it is there to catch."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.validation.conftest import Spoil
from tests.unit.validation.planted import planted_fault

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from doelenboom.validation.expecting import Suite
    from doelenboom.validation.library import Expectation

TABLES = (
    "action_points",
    "boundary_weights",
    "budget_accuracy",
    "budget_prudence",
    "chapter_facts",
    "chapter_parts",
    "cluster_spending",
    "dim_indicator",
    "dim_municipality",
    "dim_peer_group",
    "dim_price_index",
    "dim_taakveld",
    "figure_derivations",
    "financial_position",
    "financial_ratios",
    "forecasts",
    "fund_allocation",
    "goal_tree",
    "indicator_results",
    "intergovernmental_flows",
    "iv3_cells",
    "iv3_deliveries",
    "local_levies",
    "municipality_changes",
    "municipality_comparison",
    "national_events",
    "nearest_neighbours",
    "neighbour_features",
    "overhead",
    "overhead_sensitivity",
    "own_taakveld_amounts",
    "peer_group_members",
    "programme_budget_years",
    "programme_finance",
    "programme_lineage",
    "programme_results",
    "programme_taakveld_bridge",
    "reconciliation",
    "reserve_movements",
    "source_facts",
    "source_pages",
    "staff_and_hire",
    "state_grants",
    "taakveld_bridge_coverage",
    "taakveld_spending",
    "taakveld_spending_current",
    "variance_explanations",
)


NOT_LANDED = ("iv3_cells", "overhead", "overhead_sensitivity", "source_pages")
"""Empty until all of Iv3 has landed: bundled amounts know no overhead, cell or page."""

AS_PRINTED = (
    *("action_points", "chapter_facts", "forecasts", "indicator_results", "programme_finance"),
    *("reconciliation", "variance_explanations"),
)
"""Empty where no chapter prints what they hold."""

OF_TWO_REPORTS = ("budget_accuracy", "budget_prudence")
"""Empty where no budget is known."""

DELIVERED = ("own_taakveld_amounts",)
"""Empty where nobody delivered what it holds."""

WITHOUT_ROWS = (*NOT_LANDED, *AS_PRINTED, *OF_TWO_REPORTS, *DELIVERED)


def test_each_module_of_the_suites_is_registered() -> None:
    from doelenboom.validation import suites

    modules = {path.stem for path in Path(str(suites.__file__)).parent.glob("[!_]*.py")}
    assert modules == set(suites.SUITES) == set(TABLES)


def test_check_names_are_unique_and_begin_with_their_table() -> None:
    from doelenboom.validation.runner import declared_checks

    checks = declared_checks()
    names = [check.check_name for check in checks]
    assert len(set(names)) == len(names)
    assert all(
        f"marts.{name.split('.')[0]}" == c.subject for name, c in zip(names, checks, strict=True)
    )


def test_each_suite_begins_with_its_row_count() -> None:
    from doelenboom.validation.suites import SUITES

    first = [suite()[0] for table, suite in SUITES.items() if table not in WITHOUT_ROWS]
    assert {type(check).__name__ for check in first} == {"ExpectTableRowCountToBeBetween"}


def test_a_good_candidate_passes_every_check(good_candidate: Path) -> None:
    from doelenboom.validation.runner import declared_checks, validate

    outcomes = validate(good_candidate)
    assert [o for o in outcomes if o.status != "pass"] == []
    assert [o.check_name for o in outcomes] == [c.check_name for c in declared_checks()]


@pytest.mark.prove
@pytest.mark.parametrize("table", TABLES)
def test_each_check_fails_on_the_fault_it_is_there_to_catch(table: str, spoil: Spoil) -> None:
    from doelenboom.validation.runner import validate
    from doelenboom.validation.suites import SUITES

    unmoved = []
    for place, expectation in enumerate(SUITES[table]()):
        name = str((expectation.meta or {})["check"])
        candidate = spoil(planted_fault(name))
        [outcome] = validate(candidate, suites={table: partial(_only, SUITES[table], place)})
        assert outcome.check_name == name
        unmoved += [outcome] if outcome.status != "fail" else []
    assert unmoved == []


def test_spending_per_head_counts_those_only_whose_inhabitants_are_known(spoil: Spoil) -> None:
    from doelenboom.validation.runner import validate
    from doelenboom.validation.suites import SUITES

    unknown = "inhabitants = null, expenses_eur_per_inhabitant = null"
    candidate = spoil(
        f"update marts.iv3_deliveries set {unknown} where municipality_code > 'GM0045'"
    )
    outcomes = validate(candidate, suites={"iv3_deliveries": SUITES["iv3_deliveries"]})
    assert [outcome for outcome in outcomes if outcome.status != "pass"] == []


def test_on_empty_tables_every_row_count_fails_and_nothing_breaks(spoil: Spoil) -> None:
    from doelenboom.validation.runner import validate

    outcomes = validate(spoil(*(f"delete from marts.{table}" for table in TABLES)))
    row_counts = {o.check_name: o.status for o in outcomes if o.check_name.endswith(".has_rows")}
    tables = set(TABLES) - set(WITHOUT_ROWS)
    assert row_counts == {f"{table}.has_rows": "fail" for table in tables}
    assert [outcome for outcome in outcomes if outcome.status == "broken"] == []


@pytest.mark.parametrize("table", AS_PRINTED)
def test_a_table_that_lost_what_chapters_print_is_blocked(table: str, spoil: Spoil) -> None:
    from doelenboom.validation.runner import validate
    from doelenboom.validation.suites import SUITES

    candidate = spoil(f"delete from marts.{table}")
    assert any(outcome.blocks for outcome in validate(candidate, suites={table: SUITES[table]}))


def test_a_chapter_that_prints_none_of_it_passes(spoil: Spoil) -> None:
    from doelenboom.validation.runner import validate
    from doelenboom.validation.suites import SUITES

    candidate = spoil(
        *(f"delete from marts.{table}" for table in AS_PRINTED),
        "delete from marts.goal_tree where node_type <> 'programme'",
        "update marts.chapter_parts set rows_n = 0",
    )
    suites = {table: SUITES[table] for table in (*AS_PRINTED, "goal_tree")}
    assert [outcome for outcome in validate(candidate, suites=suites) if outcome.blocks] == []


def _only(suite: "Suite", place: int) -> "list[Expectation]":
    return [suite()[place]]
