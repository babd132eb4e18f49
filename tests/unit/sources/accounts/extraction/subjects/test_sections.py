"""Goal trees, indicators, action points and explanations of a made-up chapter, in any order."""

import random
from decimal import Decimal

import pytest

from doelenboom.sources.accounts.extraction.numbers.amounts import amounts_in
from doelenboom.sources.accounts.extraction.numbers.scores import read_score
from tests.unit.sources.accounts.extraction.chapters import extracted

TREE = """Doelenboom

Een schone stad1. Schoon water. 2. Schone lucht. 3. Schone straatRioleringLasten1.200
Baten1.150
Een veilige stad4. Veilige wijken (alle)ToezichtLasten300
HandhavingLasten250
Baten10
Bedragen x 1.000 euro"""
INDICATORS = """Indicatoren

Doelstelling A: Een schone stad
Indicatoren Score 2017 Streven 2018 Score 2018
1. Percentage schone straten

80%

85%

n.n.b.
2. Aantal meldingen 1.250 1.000 1.052,8
De foutmarge is 2,5% bij een betrouwbaarheid van 90%.
De streefwaarde is niet gehaald.
In de begroting 2019 is deze indicator niet meer opgenomen.
De indicator sluit aan bij thema 2."""
STATUTORY = """Wettelijk verplichte indicatoren

Beleidsveld Naam indicator Eenheid Jaar Score Bron
20. 5. Sport, cultuur en recreatie Niet-sporters % 2018 44,1 CBS
29. 6. Sociaal domein Jongeren met jeugdhulp % van alle jongeren tot 18 jaar 2018 n.n.b. CBS"""
ACTIONS = """Wat hebben we ervoor gedaan?

Doelstelling A: Een schone stad
Actiepunten 2018 Status 31-12-2018
Thema 1: Schoon water.
1. Riolen vervangen, in 2018 vernieuwen we:
1. Noord;
2. Zuid.
2. Bezuinigen, een besparing van 150.000 euro op onderhoud.
2a. Minder inhuur.
Doelstelling B: Een veilige stad
Thema 4: Veilige wijken.
4. Meer toezicht
Legenda: = op schema.
Toelichting
Ad 1 en 2a. Dit is klaar."""
COSTS = """Wat heeft het gekost?

Bedragen x 1.000 euro Begroting primair Begroting na wijziging Realisatie Saldo (- = nadeel)
Lasten 1.800 1.900 1.750 150
Baten 1.000 1.100 1.160 60
Saldo van baten en lasten 800 800 590 210

Toelichting

Het resultaat is 0,2 miljoen euro voordelig.

Riolering
Door minder regen is er een voordeel van circa 150.000 euro.
Hiervan is 100.000 euro het gevolg van lagere energiekosten.

Handhaving
De overschrijding bedraagt ruim 40.000 euro. De boa's kregen € 12.500 voor nieuwe fietsen."""
PARTS = [TREE, INDICATORS, STATUTORY, ACTIONS, COSTS]


def _chapter(seed: int) -> str:
    parts = PARTS[:]
    random.Random(seed).shuffle(parts)
    return "3.4 Schoon en veilig\n\n" + "\n\n".join(parts) + "\n"


@pytest.mark.parametrize("seed", range(6))
def test_sections_are_read_in_any_order(seed: int) -> None:
    tables = extracted(_chapter(seed)).tables
    assert [
        (n["node_type"], n["node_code"], n["node_name"], n["parent_node_code"])
        for n in tables["goal_tree"]
    ] == [
        ("objective", "A", "Een schone stad", ""),
        ("theme", "1", "Schoon water.", "A"),
        ("theme", "2", "Schone lucht.", "A"),
        ("theme", "3", "Schone straat", "A"),
        ("theme", "1|2|3", "Schoon water. | Schone lucht. | Schone straat", "A"),
        ("product", "", "Riolering", "1|2|3"),
        ("objective", "B", "Een veilige stad", ""),
        ("theme", "4", "Veilige wijken (alle)", "B"),
        ("product", "", "Toezicht", "4"),
        ("product", "", "Handhaving", "4"),
    ]
    products = {n["node_name"]: n for n in tables["goal_tree"] if n["node_type"] == "product"}
    assert products["Toezicht"]["revenue_actual_keur"] is None
    assert products["Handhaving"]["revenue_actual_keur"] == 10
    assert [r["indicator_code"] for r in tables["indicators"]] == ["own_1", "own_2"]
    assert [r["indicator_code"] for r in tables["statutory_indicators"]] == ["bbv_20", "bbv_29"]
    assert [r["action_code"] for r in tables["action_points"]] == ["1", "2", "2a", "4"]
    assert len(tables["variance_explanations"]) == 4


def test_what_is_said_of_an_indicator_is_read() -> None:
    first, second = extracted(_chapter(0)).tables["indicators"]
    assert (first["previous_score"], first["target"], first["score"]) == (80, 85, None)
    assert second["score"] == Decimal("1052.8")
    assert (second["margin_of_error"], second["confidence_level"]) == (Decimal("2.5"), 90)
    assert (second["verdict_stated"], second["continued"], second["theme_code"]) == (
        "missed",
        False,
        "2",
    )


def test_a_statutory_score_that_is_not_known_is_empty_and_says_so() -> None:
    known, unknown = extracted(_chapter(0)).tables["statutory_indicators"]
    assert (known["score"], known["unit"], known["score_source"]) == (Decimal("44.1"), "%", "CBS")
    assert (unknown["score"], unknown["value_status"]) == (None, "not_published")


def test_points_know_their_theme_and_objective_and_what_is_said_of_them() -> None:
    extraction = extracted(_chapter(0))
    points = {p["action_code"]: p for p in extraction.tables["action_points"]}
    assert [(p["theme_code"], p["objective_code"]) for p in points.values()] == [
        ("1", "A"),
        ("1", "A"),
        ("1", "A"),
        ("4", "B"),
    ]
    assert points["2"]["savings_target_keur"] == 150
    assert points["1"]["explanation_source_line"] == points["2a"]["explanation_source_line"]
    assert any("ontbreekt nummer 3" in issue.problem for issue in extraction.issues)


def test_explained_amounts_have_sign_hedge_and_role() -> None:
    extraction = extracted(_chapter(0))
    rows = extraction.tables["variance_explanations"]
    assert [(r["role"], r["amount_keur"], r["hedge"]) for r in rows] == [
        ("headline", 200, ""),
        ("component", 150, "circa"),
        ("sub_component", 100, ""),
        ("component", -40, "ruim"),
    ]
    amounts = [f["value"] for f in extraction.tables["chapter_facts"] if f["kind"] == "amount"]
    assert Decimal("12.5") in amounts


def test_parts_of_a_chapter_that_disagree_are_reported() -> None:
    text = _chapter(0).replace("RioleringLasten1.200", "RioleringLasten1.300")
    issues = extracted(text).issues
    assert any(issue.kind == "does_not_add_up" for issue in issues)


@pytest.mark.parametrize(
    ("text", "keur", "hedge"),
    [
        ("ruim 4 miljoen euro", 4000, "ruim"),
        ("bijna 0,7 miljoen", 700, "bijna"),
        ("ca 0,9 miljoen euro", 900, "circa"),
        ("ongeveer 5 miljoen", 5000, "ongeveer"),
        ("meer dan 3 miljoen", 3000, "meer dan"),
        ("zo'n 2 miljoen", 2000, "zo'n"),
        ("121.000 euro", 121, ""),
        ("€ 1.376", Decimal("1.376"), ""),
        ("€ 2,5 mln", 2500, ""),
        ("maximaal voordeel van 3,8 miljoen", 3800, "maximaal"),
    ],
)
def test_amounts_in_words_are_read(text: str, keur: Decimal, hedge: str) -> None:
    (amount,) = amounts_in(f"Het gaat om {text}.")
    assert (amount.keur, amount.hedge) == (keur, hedge)


def test_figures_that_are_no_money_are_no_amounts() -> None:
    assert list(amounts_in("In 2018 kwamen er 1.250 leden bij, 12% meer; zie 2.1.")) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8,1%", "8.1"),
        ("9.9", "9.9"),
        ("1.052,8", "1052.8"),
        ("€ 799", "799"),
        ("-0,4", "-0.4"),
        ("n.n.b.", None),
        ("nb", None),
        ("X", None),
        ("-", None),
        (".", None),
    ],
)
def test_scores_are_read_as_printed(text: str, value: str | None) -> None:
    score = read_score(text)
    assert score is not None
    assert score.value == (Decimal(value) if value else None)


def test_words_are_no_score() -> None:
    assert read_score("stijging") is None
