from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.landing.reviews import Judgement, judgement_files, judgements, keep_judgement

CHAPTER = "a" * 64


def test_judgements_are_kept_in_order_and_belong_to_the_bytes(tmp_path: Path) -> None:
    made = [
        Judgement(
            "correct",
            "page.html",
            "",
            "2026-11-29",
            reason="r",
            table="t",
            key={"source_line": "3"},
            values={"actual_keur": "7"},
        ),
        Judgement("accept", "page.html", "Controller", "2026-11-29", named=("3",)),
    ]
    kept = [keep_judgement(tmp_path, CHAPTER, each) for each in made]
    assert judgements(tmp_path, CHAPTER) == kept
    assert [each.verdict for each in kept] == ["correct", "accept"]
    assert kept[0].at < kept[1].at
    assert judgements(tmp_path, "b" * 64) == []
    assert len(judgement_files(tmp_path)) == 2


def test_a_judgement_that_was_damaged_is_refused_by_name(tmp_path: Path) -> None:
    keep_judgement(tmp_path, CHAPTER, Judgement("refuse", "page.html", "", "2026-11-29"))
    [path] = judgement_files(tmp_path)
    path.chmod(0o644)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(RefusedError, match="is no judgement of a chapter"):
        judgements(tmp_path, CHAPTER)
