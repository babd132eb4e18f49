"""A workbook of one question: its answer with Dutch labels and words, and how it was asked."""

from pathlib import Path

import openpyxl
import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.export.question_file import export_question
from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.questions import Question
from tests.unit.publication.conftest import House

pytestmark = pytest.mark.slow

QUESTION = Question(
    "budgets",
    """-- question: Welke prognose had welke grondslag?
-- reading: Zoals het document het zegt.
-- stage: every
-- label days: Aantal dagen
select
    stage,
    budget_basis,
    day(on_day) as days
from marts.forecasts
where stage = coalesce($stage, stage)
order by stage desc
""",
)


def test_an_answer_has_labels_words_and_the_order_of_its_question(
    coded: Release, house: House, tmp_path: Path
) -> None:
    path = export_question(
        coded, QUESTION, {"stage": None}, tmp_path / "out" / "a.xlsx", resources=house.resources
    )
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Leeswijzer", "Antwoord", "Kolommen", "Bronnen"]
    labels, _, names, *rows = book["Antwoord"].iter_rows(values_only=True)
    assert labels == ("stage", "Grondslag", "Grondslag (code)", "Aantal dagen")
    assert names == ("stage", "budget_basis (woord)", "budget_basis", "days")
    assert [row[0] for row in rows] == ["d", "c", "b", "a"]
    assert rows[-1] == ("a", "begroting na wijziging", "final_budget", 31)
    told = {row[0]: row[1] for row in book["Leeswijzer"].iter_rows(values_only=True)}
    assert told["Vraag"] == "Welke prognose had welke grondslag?"
    assert "where stage = coalesce(null, stage)" in told["Zoekvraag (SQL)"]
    assert list((tmp_path / "out").iterdir()) == [path]


def test_an_answer_without_rows_makes_no_file(coded: Release, house: House, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="budgets has no rows for this"):
        export_question(
            coded, QUESTION, {"stage": "none"}, tmp_path / "a.xlsx", resources=house.resources
        )
    assert list(tmp_path.glob("*.xlsx")) == []
