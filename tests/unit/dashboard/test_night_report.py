"""The report of a night: what it says, in figures as Dutch readers write them, on a page alone."""

from dataclasses import replace

import lxml.html
import pytest

from dashboard.night_report import NightReport, at, page_of, text_of
from doelenboom.nights import Night
from tests.made_report import BEGAN, ENDED, HOSTILE, NEW, OLD, full_report

SEE_NEW = f"Lezers zien de nieuwe uitgave {NEW}."


def test_the_text_tells_all_that_happened_in_dutch_figures() -> None:
    assert text_of(full_report()).splitlines() == [
        "Nacht van 25 oktober 2026, 02.30 uur (CEST) tot 25 oktober 2026, 02.30 uur (CET)."
        f" De nacht is mislukt. Lezers zien de nieuwe uitgave {NEW}. Anders dan in de vorige:"
        " 2 tabellen.",
        "Mis, sinds 25 oktober 2026, 02.30 uur (CEST): seed <a> is refused. Lezers zien wat zij al"
        " zagen. docs/runbook.md zegt per zin wat te doen is.",
        "Voorbij: cbs iv3: last asked",
        "Tabel spending: 1.200 rijen erbij, 0 weg, 3 anders; grootste verschil −13.166,25 in"
        " amount_keur",
        "Tabel large: anders; 1.234.567 rijen, en eerder 1.000.000",
        "Cijfer spending amount_keur (municipality_code=GM0153 name=Zorg & 'welzijn'"
        " fiscal_year=2018): was 13.166,25, is 0",
        "Tegenspraak: vraagt aandacht 1, nieuw 1, voorbij 0",
        "Nieuw: a sum (a_check): Gecontroleerd is of het klopt. Het klopt niet.",
        "Wat is aangeleverd: vraagt aandacht 1, nieuw 1, voorbij 0",
        f"Nieuw: {HOSTILE.replace(chr(0x202E), ' ')} (a_check): 1 row",
        "Andere controles: vraagt aandacht 0, nieuw 0, voorbij 1",
        "Voorbij: marts.old (a_check)",
        f"Natrekken: doelenboom status; doelenboom releases; doelenboom diff {OLD} {NEW};"
        " doelenboom trace spending amount_keur municipality_code=GM0153"
        """ 'name=Zorg & '"'"'welzijn'"'"'' fiscal_year=2018""",
    ]


def test_the_page_stands_alone_and_what_strangers_named_is_text() -> None:
    address = "../published/site/wijzigingen.html"
    page = page_of(full_report(), {"Site": address})
    tree = lxml.html.document_fromstring(page)
    assert tree.get("lang") == "nl"
    assert not tree.xpath("//script | //link | //img | //@onclick")
    assert "@font-face" not in page and "alert(1)" in page
    assert [a.get("href") for a in tree.xpath("//main//a")] == [
        "../published/site/wijzigingen.html"
    ]
    assert len(tree.xpath("//h1")) == len(tree.xpath("//main")) == 1
    assert all(th.get("scope") for th in tree.xpath("//th"))
    text = " ".join(tree.text_content().split())
    assert "1.234.567 rijen, en eerder 1.000.000" in text
    assert "−13.166,25" in text and "de rij kwam erbij" in text
    english = [each.text_content() for each in tree.xpath("//*[@lang='en']")]
    assert "seed <a> is refused" in english


def quiet(**changed: object) -> NightReport:
    return replace(
        full_report(),
        **{
            **{"began": Night(BEGAN, release=OLD), "ended": Night(BEGAN, ENDED, release=OLD)},
            **{"changes": None, "checks": (), **changed},
        },  # type: ignore[arg-type]
    )


def test_a_night_in_which_nothing_changed_is_told_in_a_few_lines() -> None:
    report = quiet()
    assert report.outcome == f"Er is niets nieuws gepubliceerd. Lezers zien uitgave {OLD}."
    assert len(text_of(report).splitlines()) == 2
    page = lxml.html.document_fromstring(page_of(report, {}))
    assert [h.text_content() for h in page.xpath("//h2")] == ["Natrekken"]


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (None, None, "Er is nog niets gepubliceerd."),
        (
            None,
            NEW,
            f"Lezers zien de nieuwe uitgave {NEW}. Er is geen eerdere om mee te vergelijken.",
        ),
        (NEW, OLD, f"Lezers zien de eerdere uitgave {OLD}: er is teruggegaan."),
    ],
)
def test_what_readers_see_is_told(before: str | None, now: str | None, told: str) -> None:
    report = quiet(began=Night(BEGAN, release=before), ended=Night(BEGAN, ENDED, release=now))
    assert report.outcome == told


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    assert at(BEGAN) != at(ENDED)
