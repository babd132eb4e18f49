"""CSV files as spreadsheets write them: encodings, separators, quotes. No cell is judged here."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator

from doelenboom.sources.inbox.tables.grid import EMPTY, Cell, Row, Sheet, UnreadableError
from doelenboom.sources.inbox.tables.limits import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS = (";", ",", "\t")
_HINT = "sep="
"""What Excel takes for its separator, on the first line of a file."""

_BLANKS = "\t\n\r\f\v"


def read_text_file(data: bytes, score: Callable[[Sheet], int]) -> Sheet:
    """Read CSV in UTF-8, UTF-16 or Windows-1252, with `;`, `,` or a tab between cells.

    The separator is the one with which `score` is highest. Raises `UnreadableError`.
    """
    text = _decoded(data)
    if not text.strip():
        raise UnreadableError("empty_file")
    first = text[: len(_HINT) + 2]
    if first.lower().startswith(_HINT) and first[len(_HINT) :].rstrip("\r\n"):
        return _sheet(text, first[len(_HINT)], after=1)
    sheets: list[tuple[int, Sheet]] = []
    fault: UnreadableError | None = None
    for separator in SEPARATORS:
        try:
            sheet = _sheet(text, separator)
        except UnreadableError as error:
            fault = fault or error
            continue
        sheets.append((score(sheet), sheet))
    best = max(sheets, key=lambda found: found[0], default=None)
    if best is None or (fault and not best[0]):
        raise fault or UnreadableError("empty_file")
    return best[1]


def _decoded(data: bytes) -> str:
    """Decode a file, by its mark if it has one."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise UnreadableError("encoding", row=_line(data, error.start)) from error
        text = _windows(data)
    control = next((letter for letter in text if letter < " " and letter not in _BLANKS), "")
    if control:
        line = text.count("\n", 0, text.index(control)) + 1
        raise UnreadableError("not_text", f"U+{ord(control):04X}", row=line)
    return text


def _windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        found = f"0x{data[error.start]:02x}"
        raise UnreadableError("encoding", found, row=_line(data, error.start)) from error


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def _sheet(text: str, separator: str, after: int = 0) -> Sheet:
    rows: list[Row] = []
    for number, cells in _records(text, separator):
        row = Row(number, tuple(map(_cell, cells)))
        if number <= after or row.is_empty:
            continue
        if len(cells) > MOST_COLUMNS:
            raise UnreadableError("columns", str(len(cells)), row=number)
        rows.append(row)
        if len(rows) > MOST_ROWS:
            raise UnreadableError("rows", row=number)
    return Sheet("", tuple(rows), is_strict=separator == ",")


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LARGEST_FILE)  # a long cell is one that is refused, no fault of quotes
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableError("quotes", row=number) from error
        yield number, cells


def _cell(text: str) -> Cell:
    shown = " ".join(text.split("\n")).strip()
    return Cell(shown, shown) if shown else EMPTY
