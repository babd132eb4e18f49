"""The bytes of a file become numbered lines, or one sentence that says why not.

Nothing is executed or fetched. What the lines mean is none of this module's business.
"""

import hashlib
from pathlib import Path

from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.extraction.document.lines import (
    LONGEST_TABLE,
    Chapter,
    Issue,
    Line,
)
from doelenboom.sources.accounts.extraction.document.markup import read_markup
from doelenboom.sources.accounts.extraction.document.pdf.lines import read_pdf
from doelenboom.sources.accounts.extraction.document.repairs import repair_letters
from doelenboom.sources.accounts.extraction.document.text_columns import with_columns, with_heads
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, opening, whole
from doelenboom.sources.accounts.extraction.words.texts import plain

LARGEST_FILE = 20_000_000
LONGEST_LINE = 20_000

_SIGNATURES = {
    b"\x89PNG": "an image (PNG)",
    b"\xff\xd8\xff": "an image (JPEG)",
    b"GIF8": "an image (GIF)",
    b"II*\x00": "an image (TIFF)",
    b"MM\x00*": "an image (TIFF)",
    b"BM": "an image (BMP)",
    b"RIFF": "an image or a sound (RIFF)",
    b"PK\x03\x04": "a compressed file (such as a Word or Excel file)",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF file",
}
_HTML = anywhere(
    r"<(?:!doctype\s+html|html|head|body|table|tr|td|div|h[1-6]|p|ul|section)\b", ANY_CASE
)
_HEADER = opening(r"[\w-]+:", ANY_CASE)
_ARCHIVE = opening("(?:MIME-Version|Content-Type):", ANY_CASE)
_DECLARED = anywhere("<!ENTITY|<!DOCTYPE", ANY_CASE)
_BAR = anywhere(r"(?:(?<=\s)|(?<=-)|(?<=\|))\|(?=[\s|-]|$)")
"""A bar between the cells of a table in plain text."""

_RULE = whole(r":?-*:?")
_FIGURES_AT_END = anywhere(r"\d[\d.,]*\s*(?:[NV%]\s*)?$")


def read_chapter(path: Path) -> Chapter:
    """Read a chapter: text in UTF-8 or Windows-1252, HTML saved from a browser, or a PDF.

    Lines are counted from 1 as an editor counts them, of a PDF as its pages print them, of a page
    with rows of tables on one line as it is shown. Raises `RefusedError` on what is no such file:
    too large, empty, binary, an image, with entities of its own, a table that is too long, a PDF
    that is locked, damaged or without text.
    """
    data = _read_bytes(path)
    if data.startswith(b"%PDF"):
        return _read_pdf(path, data)
    text = _decode(path, data)
    if not text.strip():
        raise RefusedError(f"{path.name}: found no text, expected a chapter of annual accounts.")
    if _is_archive(text):
        raise RefusedError(f"{path.name}: found a web archive, expected the page saved as HTML.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines, issues = _read_lines(path, text)
    if not any(line.text.strip() for line in lines):
        raise RefusedError(f"{path.name}: found no text, expected a chapter of annual accounts.")
    _refuse_long(path, lines)
    lines, repairs = repair_letters(lines)
    return Chapter(
        path.name,
        hashlib.sha256(data).hexdigest(),
        max(text.removesuffix("\n").count("\n") + 1, *(n.number for n in lines if n.text.strip())),
        tuple(lines),
        (*issues, *repairs),
    )


def _read_pdf(path: Path, data: bytes) -> Chapter:
    read = read_pdf(path.name, data)
    _refuse_long(path, list(read.lines))
    lines, repairs = repair_letters(with_heads(read.lines))
    return Chapter(
        path.name,
        hashlib.sha256(data).hexdigest(),
        read.count,
        tuple(lines),
        (*read.issues, *repairs),
        read.pages,
    )


def _read_bytes(path: Path) -> bytes:
    if not path.is_file():
        raise RefusedError(f"{path.name}: found no file, expected a chapter of annual accounts.")
    size = path.stat().st_size
    if size > LARGEST_FILE:
        limit = LARGEST_FILE // 1_000_000
        raise RefusedError(f"{path.name}: found {size} bytes, expected at most {limit} MB.")
    data = path.read_bytes()
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:64]):  # noqa: PLR2004
            raise RefusedError(f"{path.name}: found {what}, expected text, HTML or PDF.")
    return data


def _decode(path: Path, data: bytes) -> str:
    if b"\x00" in data:
        raise RefusedError(
            f"{path.name}: found zero bytes (a binary file or UTF-16),"
            " expected text in UTF-8 or Windows-1252."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{data[error.start]:02x} on line {line}"
        raise RefusedError(
            f"{path.name}: found {found}, expected text in UTF-8 or Windows-1252."
        ) from error


def _read_lines(path: Path, text: str) -> tuple[list[Line], list[Issue]]:
    if not _HTML.search(text[:20_000]):
        lines = [_text_line(number, line) for number, line in enumerate(text.split("\n"), 1)]
        return with_heads(with_columns(lines)), []
    if _declares_entities(text):
        raise RefusedError(
            f"{path.name}: found entities that the page declares itself,"
            " expected HTML as a browser saves it."
        )
    return read_markup(path.name, text, LONGEST_TABLE)


def _is_archive(text: str) -> bool:
    """Say whether a text begins with the headers of a web archive."""
    for line in text.split("\n"):
        if _ARCHIVE.match(line):
            return True
        if not _HEADER.match(line):
            return False
    return False


def _declares_entities(text: str) -> bool:
    """Say whether a page declares entities, or has a place for it in its document type."""
    end = 0
    for found in _DECLARED.finditer(text):
        if "TITY" in found[0].upper():
            return True
        if found.start() >= end:  # else it stands in the one before, which has no such place
            end = text.find(">", found.end())
            end = len(text) if end < 0 else end
            if text.find("[", found.end(), end) >= 0:
                return True
    return False


def _text_line(number: int, line: str) -> Line:
    bars = len(_BAR.findall(line)) > 1
    if bars:
        line = _BAR.sub("\t", line.strip().removeprefix("|").removesuffix("|"))
    cells = tuple(plain(cell).strip() for cell in line.split("\t")) if "\t" in line else ()
    if bars and all(_RULE.fullmatch(cell) for cell in cells):
        return Line(number, "")
    return Line(number, plain(line).replace("\t", "  "), cells if any(cells) else ())


def _refuse_long(path: Path, lines: list[Line]) -> None:
    """Refuse a line, or a run of rows that end in a figure, longer than accounts can have."""
    run = 0
    for line in lines:
        if len(line.text) > LONGEST_LINE:
            raise RefusedError(
                f"{path.name}: found {len(line.text)} characters on line {line.number},"
                f" expected at most {LONGEST_LINE}."
            )
        if _FIGURES_AT_END.search(line.text[-40:]):
            run += 1
        elif line.text.strip():
            run = 0
        if run > LONGEST_TABLE:
            raise RefusedError(
                f"{path.name}: found a table of more than {LONGEST_TABLE} rows,"
                f" which ends after line {line.number}, expected a chapter of annual accounts."
            )
