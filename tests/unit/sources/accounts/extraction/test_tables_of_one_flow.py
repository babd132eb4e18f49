"""Tables that hold costs alone, or revenue, and say so in a title above them; figures made up."""

import pytest

from tests.unit.sources.accounts.extraction.chapters import extracted

ROWS = {
    "expenses": "Sport\t2.315\t2.440\nKunst\t488\t702\nTotaal\t2.803\t3.142\n",
    "revenue": "Sport\t214\t220\nKunst\t188\t160\nTotaal\t402\t380\n",
    "transfer_to_reserves": "Sport\t45\t20\nKunst\t12\t15\nTotaal\t57\t35\n",
}


def _flows(titles: dict[str, str], corner: str = "Product") -> dict[str, int]:
    """Read a table below each title; say how many figures of each flow are found."""
    tables = (
        f"{title}\n\n{corner if title else flow}\tBegroting 2017\tBegroting 2018\n{ROWS[flow]}\n"
        for flow, title in titles.items()
    )
    found = extracted(
        "Programma 3 Sport en cultuur\n\nBegroting 2018\n\nWat mag het kosten?\n\n"
        "Bedragen x € 1.000\n\n" + "".join(tables)
    )
    rows = found.tables["budget_years"]
    flows = [row["flow"] for row in rows if row["amount_keur"] is not None]
    return {flow: flows.count(flow) for flow in sorted(set(flows))}


@pytest.mark.parametrize(
    ("costs", "revenue"),
    [
        ("Lasten", "Baten"),
        ("Lasten per taakveld", "Baten per taakveld"),
        ("2.1 Lasten", "2.2 Baten"),
        ("Overzicht lasten per programma", "Overzicht baten per programma"),
        ("Totaal lasten (bedragen x € 1.000)", "Totaal baten (bedragen x € 1.000)"),
        ("Lasten voor bestemming", "Baten voor bestemming"),
        ("Resultaat voor bestemming Lasten", "Resultaat voor bestemmingBaten"),
        ("Uitgaven naar product", "Inkomsten naar product"),
    ],
)
def test_the_title_of_a_table_says_what_its_rows_hold(costs: str, revenue: str) -> None:
    assert _flows({"expenses": costs, "revenue": revenue}) == {"expenses": 3, "revenue": 3}


def test_a_table_of_what_goes_into_reserves_says_so_above_it() -> None:
    titles = {"transfer_to_reserves": "Toevoegingen aan de reserves per programma"}
    assert _flows(titles) == {"transfer_to_reserves": 3}


@pytest.mark.parametrize(
    "title",
    [
        "Baten en lasten per taakveld",
        "Incidentele lasten per taakveld",
        "Lasten per inwoner",
        "Ontwikkeling van de lasten en baten",
    ],
)
def test_a_title_of_several_flows_or_of_a_part_of_one_says_nothing(title: str) -> None:
    assert _flows({"expenses": title}) == {}


def test_the_nearest_title_says_it() -> None:
    assert _flows({"expenses": "Lasten per taakveld\n\nSaldo per taakveld"}) == {}


def test_sums_tell_the_signs_of_tables_that_hold_a_flow_each() -> None:
    head = "Begroting 2017 na wijziging\tBegroting 2018\n"
    found = extracted(
        "Begroting 2018\n\nWat mag het kosten?\n\n"
        f"Baten (x € 1.000)\t{head}Sport\t55\t50\nWater\t70\t90\nTotaal baten\t125\t140\n\n"
        f"Lasten (x € 1.000)\t{head}Sport\t61\t65\nWater\t110\t160\nTotaal lasten\t171\t225\n\n"
        f"Saldo (x € 1.000)\t{head}Sport\t-6\t-15\nWater\t-40\t-70\nTotaal saldo\t-46\t-85\n"
    )
    budget = {
        (row["line_item"], row["flow"]): row["original_budget_keur"]
        for row in found.tables["programme_finance"]
    }
    assert budget["Water", "net_cost"] == 70
    assert budget["Totaal programma", "net_cost"] == 85
    assert "direction" not in {issue.kind for issue in found.issues}
