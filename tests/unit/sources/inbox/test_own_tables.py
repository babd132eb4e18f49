"""Groups and amounts of a municipality's own: what is right is read, each mistake told once."""

from typing import Any

import pytest

from tests.unit.sources.inbox.dropped import cells, read, rows, told, workbook

GROUPS = "Gemeente;Jaar;Groep;Lid;Vastgesteld door\n"
AMOUNTS = "Gemeente;Jaar;Stuk;Taakveld;Lasten (x € 1.000);Baten (x € 1.000)\n"
NAME, TAAKVELD, EXPENSES = "Groep", "Taakveld", "Lasten (x € 1.000)"
WHOLE = "hoort bij een geheel"


def test_members_may_be_told_by_name_number_or_code_and_the_group_has_a_code_of_its_own() -> None:
    names = ("Hengelo", "168", "GM0014")
    delivery = read(GROUPS + "".join(f"Enschede;2018;Onze  Buren!;{each};Raad\n" for each in names))
    assert rows(delivery, "peer_groups", "peer_group_code", "member_code", "set_by") == [
        ("own_GM0153_onze_buren", "GM0164", "Raad"),
        ("own_GM0153_onze_buren", "GM0168", "Raad"),
        ("own_GM0153_onze_buren", "GM0014", "Raad"),
    ]
    assert delivery.refused == ()


def test_a_taakveld_may_have_its_name_behind_its_code_and_0_10_is_not_0_1() -> None:
    text = AMOUNTS + "Enschede;2018;jaarrekening;6.1 Samenkracht;12.345,5;0\n"
    delivery = read(text + "Enschede;2018;begroting;0.10;1;\nEnschede;2018;begroting;0.1;2;0\n")
    columns = ("report", "taakveld_code", "expenses_keur", "revenue_keur", "source_line")
    assert rows(delivery, "taakveld_amounts", *columns) == [
        ("accounts", "6.1", "12345.5", "0", "2"),
        ("budget", "0.10", "1", "", "3"),
        ("budget", "0.1", "2", "0", "4"),
    ]


@pytest.mark.parametrize(
    ("row", "column", "value", "rule"),
    [
        ("Enschede;2018;Buren;;Raad", "Lid", "", "soort waarde"),
        ("Enschede;2018;;Hengelo;Raad", NAME, "", "soort waarde"),
        ("Enschede;2018;Buren;Hengelo;", "Vastgesteld door", "", "soort waarde"),
        ("Enschede;2018;Buren;Nergenshuizen;Raad", "Lid", "Nergenshuizen", "gemeente onbekend"),
        ("Enschede;2018;Buren;9999;Raad", "Lid", "9999", "gemeente onbekend"),
        ("Enschede;2018;Buren;GM1979;Raad", "Lid", "GM1979", "gemeente onbekend"),
        ("Enschedee;2018;Buren;Hengelo;Raad", "Gemeente", "Enschedee", "gemeente onbekend"),
        ("Enschede;achttien;Buren;Hengelo;Raad", "Jaar", "achttien", "soort waarde"),
        ("Enschede;2018;=cmd|' /C calc'!A0;Hengelo;Raad", NAME, None, "formule als tekst"),
        ("Enschede;2018;Buren;=1+1;Raad", "Lid", "=1+1", "formule als tekst"),
        ("Enschede;2018;Alle gemeenten;Hengelo;Raad", NAME, None, "naam van de groep"),
        ("Enschede;2018;region_twente;Hengelo;Raad", NAME, None, "naam van de groep"),
        ("Enschede;2018;!!!;Hengelo;Raad", NAME, "!!!", "naam van de groep"),
        (f"Enschede;2018;{'x' * 61};Hengelo;Raad", NAME, None, "naam van de groep"),
        ("Enschede;2018;Alleen;Enschede;Raad", "Lid", "Enschede", "groep zonder anderen"),
    ],
)
def test_a_wrong_row_of_a_group_is_told_once(
    row: str, column: str, value: str | None, rule: str
) -> None:
    delivery = read(GROUPS + row + "\n")
    ((line, at, found, why),) = told(delivery)
    assert (line, at, why, delivery.tables) == (2, column, rule, ())
    assert value is None or found == value


def test_a_group_goes_whole_or_not_at_all_and_others_stay() -> None:
    text = GROUPS + "Enschede;2018;Buren;Hengelo;Raad\nEnschede;2018;Buren;Nergens;Raad\n"
    delivery = read(text + "Enschede;2018;Ver weg;Groningen;Raad\n")
    assert [(line, why) for line, _, _, why in told(delivery)] == [
        (2, WHOLE),
        (3, "gemeente onbekend"),
    ]
    assert rows(delivery, "peer_groups", "member_code") == [("GM0014",)]


def test_a_member_twice_and_a_group_with_two_names_are_refused() -> None:
    twice = read(GROUPS + "Enschede;2018;Buren;Hengelo;Raad\nEnschede;2018;Buren;GM0164;Raad\n")
    assert [(line, why) for line, _, _, why in told(twice)] == [(2, "dubbel"), (3, "dubbel")]
    names = read(GROUPS + "Enschede;2018;Buren;Hengelo;Raad\nEnschede;2018;BUREN;Losser;Raad\n")
    assert [(line, why) for line, _, _, why in told(names)] == [
        (2, WHOLE),
        (3, "twee namen van een groep"),
    ]


@pytest.mark.parametrize(
    ("head", "missing"),
    [
        ("Gemeente;Jaar;Groep;Vastgesteld door", "Gemeente in de groep"),
        ("Gemeente;Jaar;Lid;Vastgesteld door", "Naam van de groep"),
        ("Gemeente;Jaar;Taakveld;Lasten realisatie;Baten realisatie", "Begroting, kwartaal"),
    ],
)
def test_a_head_that_lacks_a_column_says_which(head: str, missing: str) -> None:
    delivery = read(head + "\nEnschede;2018" + ";1" * (head.count(";") - 1) + "\n")
    ((_, column, _, rule),) = told(delivery)
    assert (rule, delivery.tables) == ("kolom ontbreekt", ())
    assert column.startswith(missing)


def test_a_taakveld_beside_a_programme_is_a_column_that_is_not_read() -> None:
    amounts = "Lasten begroting na wijziging (x € 1.000);Lasten realisatie (x € 1.000)"
    head = f"Gemeente;Jaar;Programma;Taakveld;{amounts}\n"
    delivery = read(head + "Enschede;2018;2.1;6.1;5;1\n")
    assert [table.table for table in delivery.tables] == ["programme_finance"]
    assert delivery.notes == ("kolom niet gelezen: Taakveld",)


@pytest.mark.parametrize(
    ("row", "column", "rule"),
    [
        ("Enschede;2018;jaarrekening;6.1;veel;0", EXPENSES, "soort waarde"),
        ("Enschede;2018;jaarrekening;6.1;12.345;0", EXPENSES, "dubbelzinnig getal"),
        ("Enschede;2018;jaarrekening;6.1;=cmd;0", EXPENSES, "formule als tekst"),
        ("Enschede;2018;jaarrekening;6.1;;", "Status", "geen cijfer"),
        ("Enschede;2018;jaarrekening;;1;0", TAAKVELD, "soort waarde"),
        ("Enschede;2018;jaarrekening;9.9;1;0", TAAKVELD, "taakveld onbekend"),
        ("Enschede;2018;jaarrekening;Totaal;1;0", TAAKVELD, "taakveld onbekend"),
        ("Enschede;2018;jaarrekening;6.21;1;0", TAAKVELD, "taakveld onbekend"),
        ("Enschede;2016;jaarrekening;6.1;1;0", "Jaar", "soort waarde"),
        ("Enschede;2018;kwartaal;6.1;1;0", "Stuk", "soort waarde"),
        ("Nergens;2018;begroting;6.1;1;0", "Gemeente", "gemeente onbekend"),
    ],
)
def test_a_wrong_amount_of_a_taakveld_is_told(row: str, column: str, rule: str) -> None:
    delivery = read(AMOUNTS + row + "\n")
    assert delivery.tables == ()
    assert [(line, why) for line, _, _, why in told(delivery)] == [(2, rule)]
    assert column in (told(delivery)[0][1], "Status")


def test_a_number_does_not_say_whether_it_is_0_1_or_0_10() -> None:
    page: list[list[Any]] = [*cells(AMOUNTS), ["Enschede", 2018, "begroting", 0.1, 1, 0]]
    ((_, column, value, rule),) = told(read(page))
    assert (column, value, rule) == (TAAKVELD, "0.1", "dubbelzinnig taakveld")
    page[1][3] = 6.1
    assert rows(read(page), "taakveld_amounts", "taakveld_code") == [("6.1",)]


def test_a_budget_goes_whole_and_an_amount_without_unit_is_refused() -> None:
    text = AMOUNTS + "Enschede;2018;begroting;6.1;1;0\nEnschede;2018;begroting;6.2;x;0\n"
    delivery = read(text + "Enschede;2018;jaarrekening;6.1;2;0\n")
    assert rows(delivery, "taakveld_amounts", "report") == [("accounts",)]
    assert {line for line, *_ in told(delivery)} == {2, 3}
    bare = read(AMOUNTS.replace(" (x € 1.000)", "") + "Enschede;2018;begroting;6.1;1;0\n")
    assert {rule for *_, rule in told(bare)} == {"eenheid onbekend"}


def test_both_may_be_sheets_of_one_workbook() -> None:
    data = workbook(
        {
            "Groepen": cells(GROUPS + "Enschede;2018;Buren;Hengelo;Raad\n"),
            "Taakvelden": [*cells(AMOUNTS), ["Enschede", 2018, "begroting", "6.1", 12.5, 0]],
        }
    )
    delivery = read(data, "eigen.xlsx")
    assert rows(delivery, "peer_groups", "source_line") == [("Groepen!A2",)]
    assert rows(delivery, "taakveld_amounts", "source_line") == [("Taakvelden!A2",)]
