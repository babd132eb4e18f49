"""What was accepted is kept whole, once, and never changed."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from doelenboom.errors import RefusedError
from doelenboom.landing import accepted
from doelenboom.landing.accepted import (
    Acceptance,
    KeptDelivery,
    Mark,
    NewDelivery,
    NewTable,
    counted_deliveries,
    counted_files,
    document_name,
    keep_delivery,
    kept_deliveries,
    mark,
    read_rows,
)

BY = Acceptance("Controller", "2026-11-29")
STEPS = (
    ("copy_file", accepted),
    ("write_json", accepted),
    ("make_durable", accepted),
    ("rename", os),
)


def delivery(folder: Path, text: str = "one", value: str = "1") -> NewDelivery:
    file = folder / "cijfers.csv"
    file.write_text(text, encoding="utf-8")
    table = NewTable(
        "forecasts", ("stage", "forecast_keur"), ({"stage": "a\nb", "forecast_keur": value},)
    )
    return NewDelivery(file, "GM0153/cijfers.csv", "cijfers.csv", 2, "tables", BY, (table,))


def kept(folder: Path, **changed: str) -> KeptDelivery:
    return keep_delivery(folder / "landing", delivery(folder, **changed))[0]


def test_file_and_rows_are_kept_as_they_came(tmp_path: Path) -> None:
    found = kept(tmp_path)
    [again] = kept_deliveries(tmp_path / "landing")
    assert again == found
    assert again.file.read_text(encoding="utf-8") == "one"
    assert read_rows(again, "forecasts") == [{"stage": "a b", "forecast_keur": "1"}]
    assert read_rows(again, "goal_tree") == []
    assert not any(
        path.stat().st_mode & 0o222 for path in found.folder.rglob("*") if path.is_file()
    )


def test_the_same_content_is_kept_once_and_another_after_it(tmp_path: Path) -> None:
    first = kept(tmp_path)
    assert keep_delivery(tmp_path / "landing", delivery(tmp_path)) == (first, False)
    second = kept(tmp_path, value="2")
    assert [each.delivery_id for each in kept_deliveries(tmp_path / "landing")] == [
        first.delivery_id,
        second.delivery_id,
    ]


def test_what_is_taken_back_stays_and_counts_no_more(tmp_path: Path) -> None:
    first = kept(tmp_path)
    mark(first, Mark("withdrawn", "2026-11-29T12:00:00+00:00", "a mistake"))
    mark(first, Mark("refused", "2026-11-30T12:00:00+00:00", "too late"))
    assert counted_deliveries(tmp_path / "landing") == []
    assert counted_files(tmp_path / "landing") == []
    [again] = kept_deliveries(tmp_path / "landing")
    assert again.mark == Mark("withdrawn", "2026-11-29T12:00:00+00:00", "a mistake")
    assert keep_delivery(tmp_path / "landing", delivery(tmp_path))[1]


@pytest.mark.parametrize(("step", "place"), STEPS)
def test_a_crash_at_any_step_leaves_nothing_or_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, place: Any
) -> None:
    before = kept(tmp_path)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(place, step, stop)
        with pytest.raises(KeyboardInterrupt):
            kept(tmp_path, value="2")
    assert kept_deliveries(tmp_path / "landing") == [before]
    after = kept(tmp_path, value="2")
    assert kept_deliveries(tmp_path / "landing") == [before, after]
    assert not (tmp_path / "landing" / "deliveries" / ".draft").exists()


def test_rows_that_were_changed_are_refused_by_name(tmp_path: Path) -> None:
    found = kept(tmp_path)
    path = found.csv_path("forecasts")
    path.chmod(0o644)
    path.write_text("stage,forecast_keur\na,9\n", encoding="utf-8")
    with pytest.raises(RefusedError, match=r"forecasts.csv is not what its manifest says"):
        read_rows(found, "forecasts")


def test_a_manifest_of_another_shape_is_refused_by_name(tmp_path: Path) -> None:
    found = kept(tmp_path)
    shutil.rmtree(found.folder)
    found.folder.mkdir()
    (found.folder / "manifest.json").write_text('{"name": 1}', encoding="utf-8")
    with pytest.raises(RefusedError, match="is no delivery as it was kept: "):
        kept_deliveries(tmp_path / "landing")


def test_other_bytes_under_a_name_are_told_apart() -> None:
    taken = {"a.xlsx": "1" * 64}
    assert document_name("GM0153/a.xlsx", "1" * 64, taken) == "a.xlsx"
    assert document_name("a.xlsx", "2" * 64, taken) == "a (22222222).xlsx"
    assert document_name("b.xlsx", "2" * 64, taken) == "b.xlsx"
