from dataclasses import replace
from pathlib import Path

from doelenboom.landing.accepted import (
    Acceptance,
    KeptDelivery,
    KeptTable,
    Manifest,
    Mark,
    RefusedCell,
)
from doelenboom.validation.fed_checks import MOST_ROWS, fed_checks

CELL = RefusedCell("Blad1", 7, "Realisatie", "=cmd", "geen getal", "een getal")
MANIFEST = Manifest(
    "cijfers.xlsx",
    "cijfers.xlsx",
    "0" * 64,
    9,
    "tables",
    "2026-11-29T12:00:00.000000+00:00",
    Acceptance("Controller", "2026-11-29"),
    (KeptTable("forecasts", 2, "1" * 64),),
    (CELL, CELL),
)


def told(
    *kept: KeptDelivery, left: tuple[tuple[str, str, tuple[RefusedCell, ...]], ...] = ()
) -> dict[str, tuple[str, str]]:
    checks = fed_checks(kept, left)
    assert {(check.subject, check.kind, check.severity) for check in checks} <= {
        ("inbox/cijfers.xlsx", "inbox", "warn")
    }
    return {check.check_name: (check.status, check.observed) for check in checks}


def test_a_file_tells_what_was_taken_and_each_row_that_was_not() -> None:
    assert told(KeptDelivery(Path("1"), MANIFEST, None)) == {
        "file_is_taken": ("pass", "2 rows of forecasts; accepted by Controller on 2026-11-29"),
        "row_is_taken Blad1!7": ("fail", "Realisatie: '=cmd' (geen getal)"),
    }


def test_of_a_name_the_newest_delivery_counts() -> None:
    gone = Mark("withdrawn", "2026-11-30T01:00:00+00:00", "verkeerd jaar")
    refused = Mark("refused", "2026-11-30T01:00:00+00:00", "an identity does not hold")
    first = KeptDelivery(Path("1"), MANIFEST, None)
    assert told(first, KeptDelivery(Path("2"), MANIFEST, gone)) == {
        "file_is_taken": ("info", "withdrawn 2026-11-30: verkeerd jaar")
    }
    assert told(first, KeptDelivery(Path("2"), MANIFEST, refused))["file_is_taken"][0] == "fail"
    left = (("cijfers.xlsx", "leeg bestand", ()),)
    assert told(first, left=left) == {"file_is_taken": ("fail", "leeg bestand")}


def test_rows_that_came_back_corrected_are_told_of_the_file_in_which_they_came() -> None:
    first = KeptDelivery(Path("1"), MANIFEST, None)
    better = replace(MANIFEST, name="beter.xlsx", completes={"forecasts/x": "1"}, refused=())
    checks = fed_checks([first, KeptDelivery(Path("2"), better, None)], [])
    assert {(check.subject, check.check_name, check.status) for check in checks} == {
        ("inbox/cijfers.xlsx", "file_is_taken", "pass"),
        ("inbox/beter.xlsx", "file_is_taken", "pass"),
    }
    assert checks[0].observed.endswith("; corrected in beter.xlsx")
    gone = KeptDelivery(Path("2"), better, Mark("withdrawn", "2026-11-30T01:00:00+00:00", ""))
    again = [check.check_name for check in fed_checks([first, gone], [])]
    assert "row_is_taken Blad1!7" in again


def test_of_very_many_rows_the_others_are_counted() -> None:
    cells = tuple(replace(CELL, row=row) for row in range(1, MOST_ROWS + 12))
    found = told(left=(("cijfers.xlsx", "none", cells),))
    assert len(found) == MOST_ROWS + 2
    assert found["row_is_taken and others"] == ("fail", "11 more rows were not taken")
