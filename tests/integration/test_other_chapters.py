"""Chapters of other municipalities: what they do not print stops no night, and a wrong sum does."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.reading.headlines import headline_lines
from tests.conftest import MadeOnce, copy_links
from tests.integration.chapters_project import (
    Chapter,
    add_chapter,
    chapters_night,
    make_chapters_project,
)
from tests.integration.small_night import SmallSettings
from tests.integration.test_wrong_input import Fault, planted


def total(flow: str, *amounts: int | None, line: int) -> Mapping[str, object]:
    """A total of the cost table, its amounts in the order of the columns."""
    columns = ("original_budget_keur", "final_budget_keur", "actual_keur", "variance_keur")
    return {
        **dict(zip(columns, amounts, strict=True)),
        "line_item": "Totaal programma",
        "flow": flow,
        "is_total": True,
        "source_line": line,
    }


def line_of(item: str, *amounts: int | None, line: int) -> Mapping[str, object]:
    """A line of expenses of the cost table."""
    return {**total("expenses", *amounts, line=line), "line_item": item, "is_total": False}


OWN_INDICATOR: Mapping[str, object] = {
    "indicator_code": "own_1.2",
    "indicator_name": "Tevreden cliënten",
    "unit": "%",
    "direction": "higher",
    "direction_basis": "source",
    "score_year": 2018,
    "score": 80,
    "target": 75,
    "target_status": "reported",
    "target_year": 2018,
    "target_type": "at_least",
    "margin_status": "not_printed",
    "measurement_basis": "unknown",
}

HENGELO = Chapter(
    "GM0164",
    2018,
    "5",
    {
        "programme_finance": [
            total("expenses", 900, 1000, 990, 10, line=80),
            total("revenue", 90, 100, 95, -5, line=81),
            total("net_cost", 810, 900, 895, 5, line=82),
        ],
        "goal_tree": [
            {
                "node_type": "objective",
                "node_code": "1",
                "node_name": "Iedereen doet mee",
                "sort_order": 1,
                "value_status": "not_published",
                "status_reason": "Bedragen staan bij de producten",
            },
            *(
                {
                    "node_type": "product",
                    "node_name": name,
                    "parent_node_code": "1",
                    "sort_order": order,
                    "expenses_actual_keur": expenses,
                    "revenue_actual_keur": revenue,
                }
                for order, name, expenses, revenue in ((2, "Wmo", 600, 60), (3, "Jeugd", 390, 35))
            ),
        ],
        "indicators": [OWN_INDICATOR],
    },
)
"""No reserves, no explanation, no forecast, no claim, no margin, no action point."""

BORNE = Chapter(
    "GM0147",
    2018,
    "B",
    {
        "programme_finance": [
            line_of("Wmo", None, 500, 510, -10, line=8),
            line_of("Jeugd", None, 300, 280, 20, line=9),
            total("expenses", None, 800, 790, 10, line=10),
            total("revenue", None, 40, 45, 5, line=11),
        ],
        "indicators": [OWN_INDICATOR],
    },
)
"""No goal tree, no net cost, and no column of the original budget."""


@pytest.fixture
def with_others(no_variables: None, made_once: MadeOnce) -> SmallSettings:
    """Give a project that published both chapters beside the bundled ones; not to be written in."""

    def publish(folder: Path) -> None:
        settings = make_chapters_project(folder)
        for chapter in (HENGELO, BORNE):
            add_chapter(settings.project_dir, chapter)
        assert chapters_night(settings).published

    return SmallSettings(data_dir=made_once("other_chapters", publish) / "data", threads=2)


def asked(settings: SmallSettings, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_what_a_chapter_does_not_print_is_null_and_said_to_be_not_published(
    with_others: SmallSettings,
) -> None:
    assert asked(
        with_others,
        "select municipality_code, net_cost_actual_keur, net_cost_after_reserves_actual_keur,"
        " transfer_to_reserves_actual_keur, explained_variance_keur, indicators_own,"
        " indicators_met, expenses_without_indicator_pct"
        " from marts.programme_results where municipality_code <> 'GM0153' order by all",
    ) == [
        ("GM0147", None, None, None, None, 1, 1, None),
        ("GM0164", 895, None, None, None, 1, 1, 100),
    ]
    silent = asked(
        with_others,
        "select municipality_code, part, status_reason from marts.chapter_parts"
        " where value_status = 'not_published' and municipality_code <> 'GM0153'",
    )
    assert all(reason for _, _, reason in silent)
    parts = {(code, part) for code, part, _ in silent}
    nowhere = ("forecast", "fact_claim", "total_transfer_to_reserves", "explanation_component")
    assert parts >= {(code, part) for code in ("GM0147", "GM0164") for part in nowhere}
    assert parts >= {("GM0147", "objective"), ("GM0147", "original_budget")}


def test_the_way_of_a_total_that_is_not_printed_ends_at_the_row_that_says_so(
    with_others: SmallSettings,
) -> None:
    assert asked(
        with_others,
        "select row_key, column_name, input_model, input_column, input_value"
        " from marts.figure_provenance where table_name = 'programme_results'"
        " and column_name in ('expenses_original_budget_keur', 'net_cost_variance_keur')"
        " and contains(row_key, 'GM0147')",
    ) == [
        (
            "municipality_code=GM0147 fiscal_year=2018 programme_code=B",
            column,
            "stg_accounts__chapter_parts",
            "status_reason",
            "Bij het inlezen niet gevonden",
        )
        for column in ("expenses_original_budget_keur", "net_cost_variance_keur")
    ]


def test_a_chapter_without_a_goal_tree_is_a_tree_of_one_node_that_says_why(
    with_others: SmallSettings,
) -> None:
    assert asked(
        with_others,
        "select node_type, expenses_actual_keur, value_status, status_reason"
        " from marts.goal_tree where municipality_code = 'GM0147'",
    ) == [("programme", None, "not_published", "Het hoofdstuk toont geen producten met bedragen")]


def test_a_chapter_that_prints_little_raises_no_doubt(with_others: SmallSettings) -> None:
    assert (
        asked(
            with_others,
            "select check_name, observed from marts.data_quality"
            " where status in ('fail', 'broken')",
        )
        == []
    )


def test_the_headlines_say_what_each_chapter_prints(with_others: SmallSettings) -> None:
    borne, _, *_, hengelo, _ = headline_lines(with_others.published)
    assert borne.startswith(
        "Borne 2018, programme B Zorg en welzijn: expenses 790 against a final budget of 800"
        " (original not published)"
    )
    assert "net cost before reserves 895 against a final budget of 900" in hengelo
    assert "no explanation published" in hengelo


FAULTS = {
    "a wrong sum": Fault(
        "seeds/accounts/programme_finance.csv",
        "Totaal programma,net_cost,true,810,900,895,5",
        "Totaal programma,net_cost,true,810,900,865,5",
        "column actual_keur: found 865, expected 895 within 1.5 by identity net_cost"
        " (Totaal programma, saldo van baten en lasten; GM0164_2018.txt, lines 80, 81, 82)",
    ),
    "a wrong amount of another year": Fault(
        "seeds/accounts/budget_years.csv",
        "Totaal programma,expenses,true,2016,original_budget,not_stated,189024,",
        "Totaal programma,expenses,true,2016,original_budget,not_stated,189124,",
        "column amount_keur: found 189124, expected 189024 within",
    ),
    "a reserve that does not close": Fault(
        "seeds/accounts/reserves.csv",
        "Reserve wijkbudgetten,878,0,772,992,658,",
        "Reserve wijkbudgetten,878,0,772,992,685,",
        "column closing_keur: found 685, expected 658 within 2.5 by identity reserve_closing",
    ),
    "a part that was lost": Fault(
        "seeds/accounts/forecasts.csv",
        'GM0153,2013,2.3,autumn_note,Totaal programma,3100,"3,1 miljoen euro",100,,not_stated,,'
        "printed,reported,001_774fb8964a89cc1a.txt,453\n",
        "",
        "test every_part_is_there fails on int_accounts__chapters with 1 row(s), such as"
        " municipality_code=GM0153, fiscal_year=2013, programme_code=2.3, part=forecast,"
        " rows_stated=2",
    ),
}


@pytest.mark.prove
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_stops_the_night_in_one_sentence_that_names_it(
    with_others: SmallSettings, tmp_path: Path, fault: Fault
) -> None:
    copy_links(with_others.data_dir.parent, tmp_path / "copy")
    settings = SmallSettings(data_dir=tmp_path / "copy" / "data", threads=2)
    with planted(fault, settings.project_dir), pytest.raises(RefusedError) as refused:
        chapters_night(settings)
    assert fault.sentence in str(refused.value)
    assert str(refused.value).endswith("; nothing was published")
