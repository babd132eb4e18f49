"""Explanations of differences in the ways that municipalities write them, with made-up figures."""

from typing import Any

import pytest

from tests.unit.sources.accounts.extraction.chapters import extracted

COSTS = """3.4 Schoon en veilig

Wat heeft het gekost?

Bedragen x 1.000 euro Begroting primair Begroting na wijziging Realisatie Saldo (- = nadeel)
Lasten 1.800 1.900 1.750 150
Baten 1.000 1.100 1.160 60
Saldo van baten en lasten 800 800 590 210

Toelichting

"""


def _read(text: str) -> list[tuple[Any, ...]]:
    rows = extracted(COSTS + text).tables["variance_explanations"]
    return [(row["subject"], row["amount_keur"]) for row in rows]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Riolering   € 335.000 V\nDe regen bleef uit.", 335),
        ("Riolering (was € 100.000 V)   € 500.000 N\nHet regende meer.", -500),
        ("- Riolering: € 150.000 nadeel. Er was € 2.000.000 geraamd voor 1.200 putten.", -150),
        ("- Riolering € 46.000 V: minder regen.", 46),
        ("- Riolering: nadeel € 30.000", -30),
        ("- Riolering € 50.000 voordelig", 50),
        ("Riolering (voordeel € 30.000)\nDe regen bleef uit.", 30),
        (
            "• Riolering (€ 120.000 voordeel). De kosten waren € 1.880.000, begroot € 2.000.000.",
            120,
        ),
        ("Riolering\nDe lasten zijn € 200.000 lager dan begroot. Dit komt door minder regen.", 200),
        ("  • Riolering\n\nEr is € 2,7 miljoen meer uitgegeven dan begroot aan de pompen.", -2700),
        ("Riolering\nDe opbrengsten van leges zijn € 25.000 lager dan begroot.", -25),
        ("Riolering\nHet budget van € 500.000 is niet besteed, een voordeel van € 20.000.", 20),
        ("Riolering\nEen nadeel van € 5.000: van € 90.000 in 2017 naar € 95.000 in 2018.", -5),
    ],
)
def test_the_difference_is_read_and_no_other_amount(text: str, amount: int) -> None:
    assert _read(text) == [("Riolering", amount)]


@pytest.mark.parametrize(
    "text",
    [
        "Riolering\nEr is € 2,5 miljoen meer uitgegeven dan in 2017 aan alle pompen.",
        "Riolering\nEr is geen voordeel van € 15.000 ontstaan op dit onderdeel.",
        "Riolering\nHet verwachte nadeel van € 30.000 is niet opgetreden dit jaar.",
        "Riolering\nHet nadeel is deels gecompenseerd door € 40.000 uit de reserve.",
        "Riolering\nDe onttrekking aan de reserve is € 60.000 lager dan begroot.",
        "Riolering\nDe lasten en baten zijn € 60.000 lager dan begroot in het hele jaar.",
    ],
)
def test_an_amount_without_a_direction_is_kept_as_a_fact(text: str) -> None:
    extraction = extracted(COSTS + text)
    assert not extraction.tables["variance_explanations"]
    assert [f["kind"] for f in extraction.tables["chapter_facts"]] == ["amount"]


TABLES = [
    "Omschrijving\tBedrag\tV/N\nMinder regen\t150\tV\nMeer zout\t-40\tN\nTotaal\t110\tV",
    "Onderwerp\tVoordelig\tNadelig\tI/S\nMinder regen\t150\t\tI\nMeer zout\t\t40\tS",
]


@pytest.mark.parametrize("table", TABLES)
def test_the_side_of_an_amount_in_a_table_is_its_column(table: str) -> None:
    assert _read(table) == [("Minder regen", 150), ("Meer zout", -40)]


def test_an_amount_in_a_table_without_a_side_is_reported() -> None:
    extraction = extracted(COSTS + "Omschrijving\tBedrag\nMinder regen\t150")
    assert not extraction.tables["variance_explanations"]
    assert [i.candidates for i in extraction.issues if i.kind == "direction"] == [("150",)]
