"""One CSV file, read strictly: its bytes are what the format says, its rows are one line each.

Nothing here knows what a column means; types, keys and references are judged by `rules`.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from doelenboom.sources.accounts.problems import PackageProblem, quote

LARGEST_FILE = 20_000_000
FIRST_ROW = 2
"""The line of the first row below the header: every row is one line of its file."""

Cells = tuple[str, ...]


@dataclass(frozen=True)
class PackageTable:
    """The text of a CSV file: row `n` of `rows` stands on line `n + FIRST_ROW`.

    Where there are `problems` the rows are not to be relied on.
    """

    path: Path
    columns: Cells
    rows: tuple[Cells, ...] = ()
    sha256: str = ""
    problems: tuple[PackageProblem, ...] = ()


class _UnreadableError(Exception):
    """The file ends here: nothing after this fault can be read with certainty."""

    def __init__(self, problem: PackageProblem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


def read_table(path: Path, columns: Sequence[str]) -> PackageTable:
    """Read a CSV file (UTF-8, comma, line feeds, RFC 4180 quotes) that must have `columns`.

    The columns come in that order and no row spans two lines, so that a row's number is its
    line. Faults are returned in `problems`, never raised.
    """
    columns = tuple(columns)
    try:
        data = _read_bytes(path)
        records = list(_read_records(path, _decode(path, data)))
    except _UnreadableError as fault:
        return PackageTable(path, columns, problems=(fault.problem,))
    problems = tuple(_header_problems(path, records[0][1], columns)) or tuple(
        problem
        for line, cells in records
        for problem in _shape_problems(path, line, cells, columns)
    )
    rows = tuple(cells for _, cells in records[1:])
    return PackageTable(path, columns, rows, hashlib.sha256(data).hexdigest(), problems)


def _read_bytes(path: Path) -> bytes:
    if not path.is_file():
        raise _UnreadableError(PackageProblem(path, "no file", "a CSV file"))
    size = path.stat().st_size
    if size == 0:
        raise _UnreadableError(PackageProblem(path, "an empty file", "a header"))
    if size > LARGEST_FILE:
        limit = f"at most {LARGEST_FILE // 1_000_000} MB"
        raise _UnreadableError(PackageProblem(path, f"{size} bytes", limit))
    return path.read_bytes()


def _decode(path: Path, data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        raise _UnreadableError(
            PackageProblem(path, "a byte order mark", "UTF-8 without one", row=1)
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"the byte 0x{data[error.start]:02x}"
        row = data.count(b"\n", 0, error.start) + 1
        raise _UnreadableError(PackageProblem(path, found, "UTF-8", row)) from error
    if "\r" in text:
        row = text.count("\n", 0, text.index("\r")) + 1
        expected = "lines that end in a line feed alone"
        raise _UnreadableError(PackageProblem(path, "a carriage return", expected, row))
    return text


def _read_records(path: Path, text: str) -> Iterator[tuple[int, Cells]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            found = "a quotation mark that is not closed or not doubled"
            problem = PackageProblem(path, found, "quotes as RFC 4180 has them", line)
            raise _UnreadableError(problem) from error
        yield line, tuple(cells)


def _header_problems(path: Path, header: Cells, columns: Cells) -> Iterator[PackageProblem]:
    renamed = {
        wanted: found
        for wanted, found in zip(columns, header, strict=False)
        if wanted not in header and found not in columns
    }
    for wanted, found in renamed.items():
        yield PackageProblem(path, quote(found), quote(wanted), 1, (wanted,))
    for place, name in enumerate(columns, start=1):
        if name not in header and name not in renamed:
            yield PackageProblem(path, "no such column", f"it in place {place}", 1, (name,))
    for place, name in enumerate(header):
        if name in header[:place]:
            yield PackageProblem(path, "it a second time", "each column once", 1, (name,))
        elif name not in columns and name not in renamed.values():
            expected = f"only the {len(columns)} columns of the package"
            yield PackageProblem(path, "an unknown column", expected, 1, (name,))
    if sorted(header) == sorted(columns) and header != columns:
        place = next(i for i, name in enumerate(columns) if name != header[i])
        expected = f"{quote(columns[place])} there"
        yield PackageProblem(path, f"it in place {place + 1}", expected, 1, (header[place],))


def _shape_problems(
    path: Path, line: int, cells: Cells, columns: Cells
) -> Iterator[PackageProblem]:
    if len(cells) != len(columns):
        found = f"{len(cells)} cells" if cells else "an empty line"
        yield PackageProblem(path, found, f"{len(columns)} cells", line)
        return
    for name, cell in zip(columns, cells, strict=True):
        if "\n" in cell:
            yield PackageProblem(path, quote(cell), "no line break inside a cell", line, (name,))
