"""What came of files that people delivered, as check results: taken or not, and which rows not.

They warn and never block: a row that is not taken is in no figure.
"""

from collections.abc import Iterable, Iterator, Sequence

from doelenboom.errors import LONGEST_SENTENCE, in_one_line
from doelenboom.landing.accepted import KeptDelivery, RefusedCell
from doelenboom.validation.outcomes import CheckResult, Status

FILE = "file_is_taken"
ROW = "row_is_taken"
MOST_ROWS = 50
"""Rows of a file that are told one by one; the others are counted."""

Left = tuple[str, str, Sequence[RefusedCell]]
"""A file that lies in the inbox: its name there, why nothing was taken, and the rows at fault."""


def fed_checks(deliveries: Iterable[KeptDelivery], left: Iterable[Left]) -> list[CheckResult]:
    """Give the check results of delivered files, subject the file; of a name the newest counts.

    Rows of which a corrected workbook came are told of that one: what of them is still refused.
    """
    deliveries = list(deliveries)
    completed = {
        delivery: kept.manifest.name
        for kept in deliveries
        if kept.mark is None
        for delivery in kept.manifest.completes.values()
    }
    newest = {
        kept.manifest.name: _of_delivery(kept, completed.get(kept.delivery_id))
        for kept in deliveries
    }
    newest |= {name: _of_left(sentence, refused) for name, sentence, refused in left}
    return [
        CheckResult(name, f"inbox/{file}", "warn", status, observed, expected, kind="inbox")
        for file, checks in newest.items()
        for name, status, observed, expected in checks
    ]


Check = tuple[str, Status, str, str]


def _of_delivery(kept: KeptDelivery, completed_by: str | None) -> list[Check]:
    manifest, expected = kept.manifest, "its rows are published"
    if kept.mark is not None:
        status: Status = "info" if kept.mark.kind == "withdrawn" else "fail"
        told = in_one_line(f"{kept.mark.kind} {kept.mark.at[:10]}: {kept.mark.reason}", 600)
        return [(FILE, status, told, expected)]
    rows = ", ".join(f"{table.rows} rows of {table.name}" for table in manifest.tables)
    accepted = f"accepted by {manifest.acceptance.by} on {manifest.acceptance.on}"
    told = f"{rows}; {accepted}"
    if completed_by:
        return [(FILE, "pass", f"{told}; corrected in {completed_by}", expected)]
    return [(FILE, "pass", told, expected), *_of_rows(manifest.refused)]


def _of_left(sentence: str, refused: Sequence[RefusedCell]) -> list[Check]:
    told = in_one_line(sentence, LONGEST_SENTENCE)
    return [(FILE, "fail", told, "its rows are published"), *_of_rows(refused)]


def _of_rows(refused: Sequence[RefusedCell]) -> Iterator[Check]:
    """Tell each row that was not taken, by its first fault, as far as anybody reads them."""
    by_place = {(cell.sheet, cell.row): cell for cell in reversed(refused)}
    places = sorted(by_place)
    for sheet, row in places[:MOST_ROWS]:
        cell = by_place[sheet, row]
        place = f"{sheet}!{row}" if sheet else f"{row}"
        found = f"{cell.column}: {cell.value!r}" if cell.column else cell.value or "left out"
        yield (
            f"{ROW} {in_one_line(place)}",
            "fail",
            in_one_line(f"{found} ({cell.rule})"),
            in_one_line(cell.expected) or "a row that can be taken",
        )
    if len(places) > MOST_ROWS:
        told = f"{len(places) - MOST_ROWS} more rows were not taken"
        yield f"{ROW} and others", "fail", told, "rows that can be taken"
