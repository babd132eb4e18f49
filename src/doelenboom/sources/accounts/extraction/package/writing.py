"""The rows of extractions as the CSV files of the accounts package, with issues and description.

The folder is a package of its own: `datapackage.json` describes its files, `issues.csv` included.
It is judged by the same check as the seeds before anything is put in its place.
"""

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.extraction.package.assembling import Extraction
from doelenboom.sources.accounts.package import check_package, read_descriptor
from doelenboom.sources.accounts.rules import Periods

ISSUES = "issues"
ISSUE_COLUMNS = ("source_line", "kind", "text", "problem", "candidates")
PAGES = "pages"
PAGE_COLUMNS = ("source_document", "page", "source_line")


def write_package(
    extractions: Sequence[Extraction],
    out: Path,
    schema: Path,
    known_municipalities: Mapping[str, Periods],
    report: str,
) -> None:
    """Write the package of some chapters to a folder, once the package check accepts it.

    `schema` is the description of the accounts package. Files of an earlier extraction in `out`
    are replaced. Raises `RefusedError` on two chapters with one name or one programme, on an
    unknown municipality, and on a folder that cannot be written.
    """
    _refuse_doubles(extractions)
    described = read_descriptor(schema)
    with tempfile.TemporaryDirectory() as name:
        draft = Path(name)
        for resource in described["resources"]:
            columns = [field["name"] for field in resource["schema"]["fields"]]
            rows = [row for each in extractions for row in each.tables[resource["name"]]]
            _write_csv(draft / resource["path"], columns, rows)
        _write_csv(draft / f"{ISSUES}.csv", ISSUE_COLUMNS, _issue_rows(extractions))
        _write_csv(draft / f"{PAGES}.csv", PAGE_COLUMNS, _page_rows(extractions))
        described["resources"] += [_resource(*each) for each in _OURS]
        (draft / "datapackage.json").write_text(
            json.dumps(described, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        check_package(draft, known_municipalities)
        (draft / "report.md").write_text(report, encoding="utf-8")
        _put_in_place(draft, out)


def _refuse_doubles(extractions: Sequence[Extraction]) -> None:
    names = [each.chapter.name for each in extractions]
    codes = [each.programme_code for each in extractions]
    for name in names:
        if names.count(name) > 1:
            raise RefusedError(f"{name}: found two files of this name, expected each name once.")
    for each in extractions:
        if codes.count(each.programme_code) > 1:
            raise RefusedError(
                f"{each.chapter.name}: found programme {each.programme_code} a second time,"
                " expected one chapter per programme."
            )


def _put_in_place(draft: Path, out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for file in sorted(draft.iterdir()):
            shutil.copyfile(file, out / file.name)
    except OSError as error:
        raise RefusedError(f"{out}: cannot be written ({error.strerror}).") from error


def _write_csv(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell_text(row.get(column)) for column in columns])
    path.write_text(text.getvalue(), encoding="utf-8")


def cell_text(value: Any) -> str:
    """Write a value as it stands in a CSV file: empty for nothing, on one line."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain_number(value)
        case _:
            return " ".join(str(value).split())


def plain_number(value: Decimal) -> str:
    """Write a decimal the ISO way, without zeros that were not printed."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _issue_rows(extractions: Sequence[Extraction]) -> list[dict[str, Any]]:
    several = len(extractions) > 1
    return [
        {
            "source_line": issue.line,
            "kind": issue.kind,
            "text": issue.text,
            "problem": f"{each.chapter.name}: {issue.problem}" if several else issue.problem,
            "candidates": " / ".join(issue.candidates),
        }
        for each in extractions
        for issue in each.issues
    ]


def _page_rows(extractions: Sequence[Extraction]) -> list[dict[str, Any]]:
    return [
        dict(zip(PAGE_COLUMNS, (each.chapter.name, page, line), strict=True))
        for each in extractions
        for page, line in enumerate(each.chapter.pages, 1)
    ]


_COUNTED = {"type": "integer", "constraints": {"required": True, "minimum": 1}}
_OURS = (
    (ISSUES, "What a person must look at before the package is used", ISSUE_COLUMNS),
    (PAGES, "The line on which each page of a PDF begins", PAGE_COLUMNS),
)
_FIELDS: dict[str, dict[str, Any]] = {
    "source_line": _COUNTED,
    "page": _COUNTED,
    "source_document": {"type": "string", "constraints": {"required": True}},
}


def _resource(name: str, title: str, columns: Sequence[str]) -> dict[str, Any]:
    fields = [{"name": column, **_FIELDS.get(column, {"type": "string"})} for column in columns]
    return {
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {"fields": fields},
    }
