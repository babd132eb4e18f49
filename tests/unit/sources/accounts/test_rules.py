"""What a cell, a key or a reference is refused for, in the words that the reader gets."""

from pathlib import Path

import pytest

from tests.unit.sources.accounts.good_package import HASH, HEADER, KEY, ROWS, refusal, spoil

PHASES = "original_budget_keur, final_budget_keur, actual_keur, variance_keur"
PROGRAMME = "municipality_code, fiscal_year, programme_code"
NUMBER = "a number such as 12345.6, with a decimal point and at most three decimals"
CELLS = [
    pytest.param(
        ("programme_finance", ",12.345,97", ',"12.345,6",97'),
        f"programme_finance.csv, row 2, column actual_keur: found '12.345,6', expected {NUMBER}.",
        id="a Dutch number",
    ),
    pytest.param(
        ("programme_finance", ",7,,reported", ",n.b.,,reported"),
        f"programme_finance.csv, row 3, column actual_keur: found 'n.b.', expected {NUMBER}.",
        id="text in an amount",
    ),
    *(
        pytest.param(
            ("goal_tree", ",-9,", f",{figure},"),
            f"goal_tree.csv, row 3, column revenue_actual_keur: found '{figure}', "
            f"expected {NUMBER}.",
            id=f"the figure {figure}",
        )
        for figure in ("NaN", "1e3", "1_000", " 9", "+9", "1.2345", "9" * 16, "٩", "-")
    ),
    pytest.param(
        ("goal_tree", "a.txt,4,5", "a.txt,0,5"),
        "goal_tree.csv, row 3, column source_line: found '0', expected a whole number, minimum 1.",
        id="line nought",
    ),
    pytest.param(
        ("forecasts", ",2018,", ",2O18,"),
        "forecasts.csv, row 2, column fiscal_year: found '2O18', "
        "expected a whole number, minimum 1900, maximum 2100 (and 2 more).",
        id="letter in the year",
    ),
    pytest.param(
        ("programme_finance", "Welzijn,expenses", "Welzijn,lasten"),
        "programme_finance.csv, row 2, column flow: found 'lasten', expected one of expenses, "
        "revenue, transfer_to_reserves, transfer_from_reserves, net_cost, net_reserve_movement, "
        "net_cost_after_reserves.",
        id="an unknown flow",
    ),
    pytest.param(
        ("forecasts", ",printed,reported,", ",printed,,"),
        "forecasts.csv, row 2, column value_status: found an empty cell, expected one of reported, "
        "provisional, estimated, partially_reported, not_reported, not_published, not_captured, "
        "not_measured, not_applicable, not_recomputable, suppressed.",
        id="no status",
    ),
    pytest.param(
        ("chapter_facts", ",Wijken,", ",,"),
        "chapter_facts.csv, row 2, column title: found an empty cell, expected a value.",
        id="a required value is missing",
    ),
    pytest.param(
        ("programme_finance", "false,100", "nee,100"),
        "programme_finance.csv, row 2, column is_total: found 'nee', expected true or false.",
        id="a Dutch boolean",
    ),
    pytest.param(
        ("statutory_indicators", "bbv_20", "own_20"),
        "statutory_indicators.csv, row 2, column indicator_code: found 'own_20', "
        "expected text of the form bbv_[0-9]+.",
        id="a code of another kind",
    ),
    pytest.param(
        ("programme_finance", ",Sport,", ",Sport\u00a0,"),
        "programme_finance.csv, row 3, column line_item: found 'Sport\\xa0', "
        "expected no white space around it.",
        id="a space that nobody sees",
    ),
    pytest.param(
        ("programme_finance", ",,,7,,", ",,,,,"),
        f"programme_finance.csv, row 3, columns {PHASES}: found no figure while value_status is "
        "'reported', expected a figure or another status.",
        id="reported without a figure",
    ),
    pytest.param(
        ("goal_tree", "12.345,-9", ","),
        "goal_tree.csv, row 3, columns expenses_actual_keur, revenue_actual_keur: found no figure "
        "while value_status is 'reported', expected a figure or another status.",
        id="a product reported without a figure",
    ),
    pytest.param(
        ("programme_finance", f"{KEY},Sport,", ",,,,"),
        "programme_finance.csv, row 3, column municipality_code: found an empty cell, "
        "expected text of the form GM[0-9]{4} (and 4 more).",
        id="a row without its key",
    ),
    pytest.param(
        ("forecasts", ROWS["forecasts"], f"{',' * HEADER['forecasts'].count(',')}\n"),
        "forecasts.csv, row 2: found only empty cells, expected a row with values.",
        id="a row of commas",
    ),
]
KEYS = [
    pytest.param(
        ("programme_finance", ",Sport,", ",Welzijn,"),
        f"programme_finance.csv, row 3, columns {PROGRAMME}, line_item, flow: "
        "found 'GM0153, 2018, 2.1, Welzijn, expenses' as in row 2, expected each key once.",
        id="a duplicate key",
    ),
    pytest.param(
        ("documents", f"{KEY},a.txt", f"{KEY},a.txt,Dubbel,,{HASH},9,a.txt,1\n{KEY},a.txt"),
        f"documents.csv, row 3, columns {PROGRAMME}, name: "
        "found 'GM0153, 2018, 2.1, a.txt' as in row 2, expected each key once.",
        id="a document twice",
    ),
    pytest.param(
        ("forecasts", "GM0153", "GM9999"),
        "forecasts.csv, row 2, column municipality_code: found 'GM9999', "
        "expected a municipality that existed in 2018 (and 2 more).",
        id="an unknown municipality",
    ),
    pytest.param(
        ("forecasts", "GM0153,2018", "GM0457,2023"),
        "forecasts.csv, row 2, column municipality_code: found 'GM0457', "
        "expected a municipality that existed in 2023 (and 2 more).",
        id="a municipality of before",
    ),
    pytest.param(
        ("forecasts", "GM0153,2018", "GM0457,2022"),
        f"forecasts.csv, row 2, columns {PROGRAMME}: found 'GM0457, 2022, 2.1', "
        "expected a row of programmes.csv (and 1 more).",
        id="a municipality that existed for a part of the year, without a programme",
    ),
    pytest.param(
        ("indicators", ",2.1,", ",2.10,"),
        f"indicators.csv, row 2, columns {PROGRAMME}: found 'GM0153, 2018, 2.10', "
        "expected a row of programmes.csv (and 1 more).",
        id="a programme that is not in the package",
    ),
    pytest.param(
        ("action_points", "a.txt", "b.txt"),
        f"action_points.csv, row 2, columns {PROGRAMME}, source_document: "
        "found 'GM0153, 2018, 2.1, b.txt', expected a row of documents.csv.",
        id="a document that is not in the package",
    ),
    pytest.param(
        ("documents", f"{HASH},9,a.txt", f"{HASH},9,b.txt"),
        "documents.csv, row 2, column source_document: found 'b.txt', "
        "expected a row of documents.csv.",
        id="a document that names another",
    ),
]


@pytest.mark.parametrize(("fault", "sentence"), [*CELLS, *KEYS])
def test_a_fault_in_a_cell_is_named(
    package: Path, fault: tuple[str, str, str], sentence: str
) -> None:
    spoil(package, *fault)
    assert refusal(package) == f"seeds/accounts/{sentence}"


def test_the_first_fault_is_named_and_the_others_are_counted(package: Path) -> None:
    spoil(package, "forecasts", ",100,ruim", ",veel,ruim")
    spoil(package, "goal_tree", ",-9,reported", ",niets,gemeld")
    spoil(package, "goal_tree", ",objective,A,", ",doel,A,")
    assert refusal(package) == (
        "seeds/accounts/goal_tree.csv, row 2, column node_type: found 'doel', "
        "expected one of objective, theme, product (and 3 more)."
    )
