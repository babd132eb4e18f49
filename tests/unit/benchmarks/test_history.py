"""What was measured is told as ratios, and drawn."""

from xml.etree import ElementTree

from benchmarks.history import Measured, line, reported
from benchmarks.measuring import Spent
from benchmarks.picture import draw

YARDSTICKS = {"floor": Spent(6, 6, 500), "imports": Spent(4, 4, 300)}
TODAY = Measured(YARDSTICKS, {"night": Spent(100, 90, 900)}, 700, {"distinct": 50})
OURS = Measured(YARDSTICKS, {"night": Spent(20, 18, 600)}, 140, {"distinct": 10})


def test_a_night_is_told_in_floors_and_imports_and_beside_today() -> None:
    kept = line(OURS, TODAY)
    assert kept["to_yardstick"] == {"night": 2}
    assert kept["to_today"] == {"night": 0.2, "published_mb": 0.2, "distinct": 0.2}


def test_without_a_yardstick_there_is_no_ratio_to_it() -> None:
    kept = line(Measured({}, OURS.spent, 140, {}), None)
    assert "to_yardstick" not in kept
    assert "to_today" not in kept


def test_every_command_and_question_has_its_line() -> None:
    told = reported({"ours": OURS, "today": TODAY})
    assert [words in told for words in ("ours night", "today night", "ours: distinct")] == [
        True
    ] * 3


def test_the_picture_has_a_point_per_commit() -> None:
    lines = [
        {"commit": commit, "data": data, "to_yardstick": {"night": night}}
        for commit, data, night in (("a", "bundled", 10), ("b<", "bundled", 2), ("b<", "iv3", 3))
    ]
    picture = ElementTree.fromstring(draw(lines))
    assert len(picture.findall("{http://www.w3.org/2000/svg}circle")) == 3


def test_a_history_without_yardsticks_is_drawn_empty() -> None:
    picture = ElementTree.fromstring(draw([{"commit": "a", "data": "iv3"}]))
    assert not picture.findall("{http://www.w3.org/2000/svg}circle")
