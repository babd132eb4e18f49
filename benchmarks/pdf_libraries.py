"""What each library for PDF gives the reader of chapters: figures right, wrong and not read.

Run as `python -m benchmarks.pdf_libraries` where pdfplumber and pypdf are installed too. The
chapters are those of the tests: seven printed by ReportLab, in boxes and without; three by Chromium
and LibreOffice.
"""

import io
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pdfplumber
import pypdf
import pypdfium2

from doelenboom.sources.accounts.extraction.document.reading import read_chapter
from doelenboom.sources.accounts.extraction.proof.cost_tables import settle
from doelenboom.sources.accounts.extraction.subjects.costs.finance import read_finance
from doelenboom.sources.accounts.extraction.tables.grids import find_grids
from tests.chapters.generator import Made, chapter
from tests.chapters.printing import (
    FOLDER,
    PRINTED,
    PRINTERS,
    print_with_reportlab,
    printed_chapter,
)

SEEDS = range(49, 56)
Reader = Callable[[bytes], tuple[str, bytes]]
"""From the bytes of a PDF to a file that the reader of chapters takes: its name, and its bytes."""


def _as_it_is(data: bytes) -> tuple[str, bytes]:
    return "chapter.pdf", data


def _plumber_text(data: bytes) -> tuple[str, bytes]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        text = "\n".join(page.extract_text(layout=True) for page in pdf.pages)
    return "chapter.txt", text.encode()


def _plumber_tables(data: bytes) -> tuple[str, bytes]:
    """Take the tables that the library finds by itself, as rows with tabs, below the text."""
    lines: list[str] = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            tables = page.find_tables()
            rest = page
            for table in tables:
                rest = rest.outside_bbox(table.bbox)
            lines.append(rest.extract_text())
            for table in tables:
                for row in table.extract():
                    lines.append("\t".join((cell or "").replace("\n", " ") for cell in row))
    return "chapter.txt", "\n".join(lines).encode()


def _pdfium(data: bytes) -> tuple[str, bytes]:
    pdf = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    return "chapter.txt", text.encode()


def _pypdf(data: bytes) -> tuple[str, bytes]:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    text = "\n".join(page.extract_text(extraction_mode="layout") for page in pages)
    return "chapter.txt", text.encode()


READERS: dict[str, Reader] = {
    "pdfminer.six, our lines and cells": _as_it_is,
    "pdfplumber, its tables": _plumber_tables,
    "pdfplumber, its layout": _plumber_text,
    "pypdfium2, its text": _pdfium,
    "pypdf, its layout": _pypdf,
}


def _chapters() -> Iterator[tuple[str, Made, bytes]]:
    for boxed in (True, False):
        for seed in SEEDS:
            made = chapter(seed)
            kind = f"reportlab {'boxes' if boxed else 'blanks'}"
            yield kind, made, print_with_reportlab(made.text, boxed)
    for printer in PRINTERS:
        for name in PRINTED:
            made = printed_chapter(name)
            yield printer, made, (FOLDER / printer / f"{name}.pdf").read_bytes()


def main() -> None:
    """Measure, and print a row for each library and printer."""
    chapters = list(_chapters())
    print(f"{'library':34s}{'printer':20s}{'right':>7s}{'wrong':>7s}{'open':>7s}{'s':>7s}")
    for name, reader in READERS.items():
        counts: dict[str, Counter[str]] = {}
        seconds: Counter[str] = Counter()
        for kind, made, data in chapters:
            start = time.perf_counter()
            read = reader(data)
            counts.setdefault(kind, Counter()).update(_judged(made, *read))
            seconds[kind] += time.perf_counter() - start  # type: ignore[assignment]
        for kind, count in counts.items():
            told = "".join(f"{count[word]:7d}" for word in ("right", "wrong", "open"))
            print(f"{name:34s}{kind:20s}{told}{seconds[kind]:7.2f}")


def _judged(made: Made, name: str, data: bytes) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        lines = read_chapter(path).lines
    settled = [settle(grid, "", lines) for grid in find_grids(lines, 2018) if not grid.refusal]
    rows = {(row.line_item, row.flow): row for row in read_finance(settled, []).rows}
    for key, values in made.truth.items():
        for phase, value in values.items():
            found = rows[key].amounts[phase] if key in rows else None
            yield "open" if found is None else "right" if found == value else "wrong"
    for key, row in rows.items():
        if key not in made.truth:
            yield from ("wrong" for value in row.amounts.values() if value is not None)


if __name__ == "__main__":
    main()
