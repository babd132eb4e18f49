"""Action points in the layouts that municipalities print, with made-up names."""

import pytest

from doelenboom.sources.accounts.extraction.package.assembling import Extraction
from tests.unit.sources.accounts.extraction.chapters import extracted


def _chapter(section: str) -> Extraction:
    tree = "Schone stadRioleringLasten1.200\nVeilige stadToezichtLasten300"
    return extracted(f"3.4 Schoon en veilig\n\n{tree}\n\nWat hebben we gedaan?\n\n{section}\n")


def _read(section: str) -> list[tuple[str, str]]:
    points = _chapter(section).tables["action_points"]
    return [(point["action_code"], point["title"]) for point in points]


@pytest.mark.parametrize(
    "section",
    [
        "Nr.\tActiepunt\tStatus\n1\tRiolen vernieuwen\tGereed\n2\tBomen planten\tVertraagd",
        "Nr.\n\nActie\n\nStatus\n\n1\n\nRiolen vernieuwen\n\nGereed\n\n2\n\nBomen planten\n\nNiet",
        "Actiepunten 2018\n1) Riolen vernieuwen\n2) Bomen planten",
        "Actiepunten\n1. Riolen vernieuwen\n2. Bomen planten\nVerbonden partijen\n3. Waterschap",
        "Actie\tPlanning\nRiolen vernieuwen\tQ4 2018\nBomen planten\tQ2 2018",
    ],
)
def test_points_are_read_without_what_stands_beside_them(section: str) -> None:
    assert _read(section) == [("1", "Riolen vernieuwen"), ("2", "Bomen planten")]


@pytest.mark.parametrize(
    "section",
    [
        "4.1 Riolen vernieuwen\nDit is klaar:\n1. Noord\n2. Zuid\n4.2 Bomen planten",
        "Activiteit\tStatus\n4.1 Riolen vernieuwen\tGereed\n4.2 Bomen planten\tGereed",
    ],
)
def test_points_with_the_number_of_their_theme_are_read(section: str) -> None:
    assert _read(section) == [("4.1", "Riolen vernieuwen"), ("4.2", "Bomen planten")]


def test_what_a_table_says_of_a_point_is_kept_with_it() -> None:
    section = "Nr\tActie\tStatus\tToelichting\n1\tBomen planten\tGereed\tEr staan 12 bomen."
    (point,) = _chapter(section).tables["action_points"]
    assert point["explanation"] == "Gereed. Er staan 12 bomen"


def test_points_without_a_number_are_reported() -> None:
    ordered = _chapter("Actie\tPlanning\nBomen planten\tQ4 2018")
    listed = _chapter("• Bomen planten\n• Riolen vernieuwen")
    assert not listed.tables["action_points"]
    for extraction in (ordered, listed):
        assert [issue.kind for issue in extraction.issues].count("action_point") == 1


def test_a_table_of_indicators_between_the_points_is_none_of_them() -> None:
    points = "1. Riolen vernieuwen\n2. Bomen planten\n"
    extraction = _chapter(points + "Nr\tIndicator\tScore 2018\n3\tSchone straten\t80%")
    assert [p["action_code"] for p in extraction.tables["action_points"]] == ["1", "2"]
    assert [i["score"] for i in extraction.tables["indicators"]] == [80]
