"""What a file is refused for before anything in it is judged."""

from pathlib import Path

import pytest

from doelenboom.sources.accounts.tables import LARGEST_FILE
from tests.unit.sources.accounts.good_package import HEADER, KEY, ROWS, refusal, spoil

FILES = [
    pytest.param(
        ("programmes", "portfolio_holder,", ""),
        "row 1, column portfolio_holder: found no such column, expected it in place 5.",
        id="a column is missing",
    ),
    pytest.param(
        ("programmes", "portfolio_holder", "wethouder"),
        "row 1, column portfolio_holder: found 'wethouder', expected 'portfolio_holder'.",
        id="a column has another name",
    ),
    pytest.param(
        ("programmes", "source_line\n", "source_line,remark\n"),
        "row 1, column remark: found an unknown column, "
        "expected only the 11 columns of the package.",
        id="a column too many",
    ),
    pytest.param(
        ("programmes", "source_line\n", "source_line,re\x1b[31mmark\n"),
        "row 1, column re [31mmark: found an unknown column, "
        "expected only the 11 columns of the package.",
        id="a column whose name cannot be printed",
    ),
    pytest.param(
        ("programmes", "document_type,document_status", "document_status,document_type"),
        "row 1, column document_status: found it in place 6, expected 'document_type' there.",
        id="columns in another order",
    ),
    pytest.param(
        ("programmes", "document_type,document_status", "document_type,document_type"),
        "row 1, column document_status: found no such column, expected it in place 7 (and 1 more).",
        id="a column twice",
    ),
    pytest.param(
        ("programmes", HEADER["programmes"], HEADER["programmes"].replace(",", ";")),
        "row 1, column municipality_code: "
        "found 'municipality_code;fiscal_year;programme_code;programme_name…', "
        "expected 'municipality_code' (and 10 more).",
        id="semicolons",
    ),
    pytest.param(
        ("programmes", ",Ondersteuning,,", ",Ondersteuning,"),
        "row 2: found 10 cells, expected 11 cells.",
        id="a cell is missing",
    ),
    pytest.param(
        ("programmes", "a.txt,1\n", "a.txt,1\n\n"),
        "row 3: found an empty line, expected 11 cells.",
        id="an empty line at the end",
    ),
    pytest.param(
        ("programmes", "Ondersteuning", '"Onder\nsteuning"'),
        "row 2, column programme_name: found 'Onder\\nsteuning', "
        "expected no line break inside a cell.",
        id="a line break in a cell",
    ),
    pytest.param(
        ("programmes", "Ondersteuning", '"Ondersteuning'),
        "row 2: found a quotation mark that is not closed or not doubled, "
        "expected quotes as RFC 4180 has them.",
        id="a quote that stays open",
    ),
    pytest.param(
        ("programmes", "Ondersteuning", '"Onder"steuning'),
        "row 2: found a quotation mark that is not closed or not doubled, "
        "expected quotes as RFC 4180 has them.",
        id="a quote that is not doubled",
    ),
    pytest.param(
        ("programmes", "a.txt,1\n", "a.txt,1\r\n"),
        "row 2: found a carriage return, expected lines that end in a line feed alone.",
        id="line ends of a spreadsheet",
    ),
    pytest.param(
        ("programmes", HEADER["programmes"], f"\ufeff{HEADER['programmes']}"),
        "row 1: found a byte order mark, expected UTF-8 without one.",
        id="a byte order mark",
    ),
]


@pytest.mark.parametrize(("fault", "sentence"), FILES)
def test_a_fault_in_the_form_of_a_file_is_named(
    package: Path, fault: tuple[str, str, str], sentence: str
) -> None:
    spoil(package, *fault)
    assert refusal(package) == f"seeds/accounts/programmes.csv, {sentence}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "programmes.csv: found an empty file, expected a header."),
        (
            b" " * (LARGEST_FILE + 1),
            "programmes.csv: found 20000001 bytes, expected at most 20 MB.",
        ),
        (
            f"{HEADER['programmes']}\n{KEY},Zuid-Holland,café\n".encode("latin-1"),
            "programmes.csv, row 2: found the byte 0xe9, expected UTF-8.",
        ),
    ],
    ids=["empty", "too large", "not UTF-8"],
)
def test_a_file_that_cannot_be_read_is_named(package: Path, content: bytes, sentence: str) -> None:
    (package / "programmes.csv").write_bytes(content)
    assert refusal(package) == f"seeds/accounts/{sentence}"


@pytest.mark.parametrize("name", ROWS)
def test_a_missing_file_is_named(package: Path, name: str) -> None:
    (package / f"{name}.csv").unlink()
    assert refusal(package) == f"seeds/accounts/{name}.csv: found no file, expected a CSV file."


def test_faults_in_the_form_of_files_come_before_faults_in_cells(package: Path) -> None:
    spoil(package, "goal_tree", ",-9,reported", ",niets,gemeld")
    spoil(package, "forecasts", ",reported,", ",")
    (package / "documents.csv").unlink()
    assert refusal(package) == (
        "seeds/accounts/forecasts.csv, row 2: found 14 cells, expected 15 cells (and 1 more)."
    )
