"""Tables of which it is lost how many columns a head spans, or which cells stand beside each other.

Each is read from another saving as it is from markup, or not at all. Figures are made up.
"""

import tempfile
from decimal import Decimal
from pathlib import Path

import pytest

from doelenboom.sources.accounts.extraction.tables.head_spans import heads_of_rows
from tests.chapters.savings import SAVINGS
from tests.unit.sources.accounts.extraction.layouts import Cell, figures_of, read

BALANCES = """Programma|Begroting|Begroting|Meerjarenbegroting:3
|2018|2018|2019|2020|2021
|Primair|na VJN|||
|Saldo|Saldo|Saldo|Saldo|Saldo
Programma 1: Wonen|-310|-325|-330|-335|-340
Programma 2: Leren|-120|-118|-122|-119|-125
Saldo rekening baten en lasten|-430|-443|-452|-454|-465
Toevoeging aan reserves|-19|-24|-18|-13|-16
Onttrekking aan reserves|455|470|479|480|485
Resultaat rekening baten en lasten|6|3|9|13|4"""

YEARS_BEFORE_GROUPS = """in € 1.000|Saldo:2|Begroting 2018 na wijziging:3|Rekening 2018:3|Saldo
Programma|Rekening 2017|Primitief 2018|Lasten|Baten|Saldo|Lasten|Baten|Saldo|Verschil 2018
01 Wonen|290|300|410|85|325|405|90|315|-10
02 Leren en werken in de wijk|115|120|160|42|118|150|50|100|-18
Totaal saldo van baten en lasten|405|420|570|127|443|555|140|415|-28"""

GROUPS = """Programma|Begroting 2018:3|Rekening 2018:3|Verschil
|Lasten|Baten|Saldo|Lasten|Baten|Saldo|Saldo
Wonen|410|85|-325|405|90|-315|10
Leren|160|42|-118|150|50|-100|18
Totaal programma|570|127|-443|555|140|-415|28"""

CLOSE = """Middelen|Rekening 2016|Begroting 2017|Begroting 2018|Meerjarenraming:3
||||2019|2020|2021
Lasten|3.600|3.800|3.278|3.711|3.646|3.337
Baten|18.887|16.103|15.026|18.135|16.726|18.708
Saldo|15.287|12.303|11.748|14.424|13.080|15.371"""

EXPLOITATIE = """Exploitatie|Rekening 2016|Begroting na wijziging 2017|2018|2019|2020
Lasten|||||
Sport|746|947|897|864|952
Kunst|590|1.147|1.169|1.182|1.159
Totaal Lasten|1.336|2.094|2.066|2.046|2.111
Baten|||||
Sport|69|112|114|95|178
Kunst|499|860|915|926|925
Totaal Baten|568|972|1.029|1.021|1.103"""

SIDES = """Programma||Begroting 2018|Begroting 2019|Begroting 2020
Zorg|baten|656|619|620
|lasten|949|939|983
|saldo|-293|-320|-363
Wonen|baten|88|94|81
|lasten|327|374|371
|saldo|-239|-280|-290
Totaal||-532|-600|-653"""


def _figures(table: str, saving: str) -> dict[Cell, Decimal]:
    """Read a table of a budget that is saved in a way; `:3` says how many columns a cell spans."""
    rows = [[cell.partition(":") for cell in line.split("|")] for line in table.split("\n")]
    cells = [
        "".join(
            f'<td colspan="{span}">{text}</td>'
            if span.isdecimal()
            else f"<td>{text}{sep}{span}</td>"
            for text, sep, span in row
        )
        for row in rows
    ]
    page = (
        "<html><body><h1>Programmabegroting 2018 en meerjarenraming</h1><p>Wat mag het kosten?</p>"
        "<p>Bedragen x € 1.000</p><table>"
        + "".join(f"<tr>{row}</tr>" for row in cells)
        + "</table></body></html>"
    )
    ending, write = SAVINGS[saving]
    with tempfile.TemporaryDirectory() as folder:
        found = figures_of(read(write(page), f"chapter.{ending}", Path(folder)))
    return {cell: value for cell, (value, _) in found.items()}


@pytest.mark.parametrize(
    ("table", "saving", "count"),
    [
        (BALANCES, "tabs", 30),
        (BALANCES, "columns", 30),
        (YEARS_BEFORE_GROUPS, "tabs", 27),
        (YEARS_BEFORE_GROUPS, "columns", 27),
        (YEARS_BEFORE_GROUPS, "stacked", 27),
        (GROUPS, "stacked", 21),
        (GROUPS, "columns", 21),
        (GROUPS, "pdf_bare", 21),
        (CLOSE, "pdf_bare", 18),
        (EXPLOITATIE, "stacked", 30),
        (SIDES, "stacked", 18),
    ],
)
def test_heads_that_lost_their_spans_are_read_as_those_that_have_them(
    table: str, saving: str, count: int
) -> None:
    right = _figures(table, "html")
    assert _figures(table, saving) == right
    assert len(right) == count


def test_heads_that_may_stand_over_other_columns_are_none() -> None:
    years = ("2016", "2017", "2018", "2019")
    assert heads_of_rows([("", "Realisatie", "Begroting", "Raming"), ("", *years)], 4, 1) == []
    assert heads_of_rows([("", "Begroting", "Rekening", "Raming"), years[2:]], 4, 1) == []
    assert heads_of_rows([("", "Begroting", "Begroting"), ("", *years[1:])], 3, 1) == [
        "Begroting 2017", "Begroting 2018", "Begroting 2019",
    ]  # fmt: skip


def test_a_head_does_not_stand_over_one_that_says_otherwise() -> None:
    upper, lower = ("", "Lasten 2018", "Baten"), ("", "Begroting", "Rekening", "Saldo")
    assert heads_of_rows([upper, lower], 3, 1) == []
