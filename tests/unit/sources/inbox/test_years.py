"""Amounts of years and reserves that somebody drops: filled in, and held to their sums."""

from tests.unit.sources.inbox.dropped import read, rows, told

YEARS = "Gemeente;Jaar;Programma;Regel;Stroom;Jaar van het bedrag;Fase;Bedrag (x € 1.000)\n"
RESERVES = (
    "Gemeente;Jaar;Programma;Reserve;Stand 1 januari (x € 1.000);Dotatie (x € 1.000);"
    "Onttrekking (x € 1.000);Stand 31 december (x € 1.000)\n"
)
OF = "Enschede;2017;1"


def test_amounts_of_years_need_no_more_than_a_municipality_has() -> None:
    delivery = read(
        f"{YEARS}{OF};Totaal programma;lasten;2015;realisatie;183546\n"
        f"{OF};Wmo;lasten;2016;begroting vóór wijziging;12000\n"
    )
    columns = ("flow", "is_total", "amount_year", "phase", "phase_basis", "amount_keur")
    assert delivery.refused == ()
    assert rows(delivery, "budget_years", *columns, "value_status") == [
        ("expenses", "true", "2015", "actual", "stated", "183546", "reported"),
        ("expenses", "false", "2016", "original_budget", "stated", "12000", "reported"),
    ]


def test_a_programme_of_which_a_year_does_not_add_up_is_refused_whole() -> None:
    delivery = read(
        f"{YEARS}{OF};Wmo;lasten;2015;realisatie;100\n{OF};Jeugd;lasten;2015;realisatie;50\n"
        f"{OF};Totaal programma;lasten;2015;realisatie;190\n"
        f"{OF};Totaal programma;lasten;2016;realisatie;160\n"
    )
    assert delivery.tables == ()
    refused = {row: rule.split(":")[0] for row, _, _, rule in told(delivery)}
    assert refused == {
        2: "telt niet op",
        3: "telt niet op",
        4: "telt niet op",
        5: "hoort bij een geheel",
    }
    assert "150" in {each.expected for each in delivery.refused if each.row == 4}


def test_a_reserve_whose_closing_balance_does_not_follow_is_refused_alone() -> None:
    delivery = read(
        f"{RESERVES}{OF};Reserve wijkbudgetten;878;772;992;658\n"
        f"{OF};Reserve Wmo;2402;500;1620;1300\n"
    )
    kept = rows(delivery, "reserves", "reserve_name", "opening_keur", "interest_keur")
    assert kept == [("Reserve wijkbudgetten", "878", "")]
    [cell] = delivery.refused
    assert (cell.row, cell.rule, cell.expected) == (
        3,
        "telt niet op: Reserve Wmo: eindstand",
        "1282",
    )
