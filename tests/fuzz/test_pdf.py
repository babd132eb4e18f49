"""A PDF that was changed anywhere is read as the whole one is, or told of, or refused."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import strategies as st

from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.extraction.document.reading import read_chapter
from doelenboom.sources.accounts.extraction.package.assembling import Extraction, extract_chapter
from tests.chapters.generator import PHASES, chapter
from tests.chapters.printing import FOLDER, print_with_reportlab
from tests.fuzz.changes import Change, changed_bytes, changes
from tests.fuzz.conftest import Fuzz
from tests.fuzz.sentences import refuse_no_sentence
from tests.unit.sources.accounts.extraction.chapters import STATUTORY

AS_HTML = range(49, 56)
WHOLE = (*AS_HTML, "chromium/blocks.pdf", "libreoffice/nine_columns.pdf")
TOKENS = ("\x00", "stream", "endstream", "endobj", "0 0 obj", "/Length 1", "%%EOF", "<<", ">>")

Figures = Mapping[tuple[str, str, str], Decimal]


@dataclass(frozen=True)
class Input:
    """A whole PDF by its place in the list, or bytes; and the changes that are made."""

    good: int | bytes
    made: tuple[Change, ...] = ()


WHOLE_ONES: st.SearchStrategy[int | bytes] = st.integers(0, len(WHOLE) - 1)
NO_PDF: st.SearchStrategy[int | bytes] = st.binary().map(lambda data: b"%PDF-" + data)
INPUTS = st.builds(Input, WHOLE_ONES | WHOLE_ONES | NO_PDF, changes(TOKENS, most=3).map(tuple))


@cache
def _whole(place: int) -> bytes:
    good = WHOLE[place]
    if isinstance(good, str):
        return (FOLDER / good).read_bytes()
    return print_with_reportlab(chapter(good).text, boxed=bool(good % 2))


@cache
def _printed(place: int) -> tuple[Figures, frozenset[tuple[int, str]]]:
    return _told(_read(_whole(place)))


def _read(data: bytes) -> Extraction:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chapter.pdf"
        path.write_bytes(data)
        return extract_chapter(read_chapter(path), "GM0153", 2018, STATUTORY)


def _told(extraction: Extraction) -> tuple[Figures, frozenset[tuple[int, str]]]:
    """Give the figures of a chapter, and what is to be looked at."""
    figures = {
        (row["line_item"], row["flow"], phase): row[f"{phase}_keur"]
        for row in extraction.tables["programme_finance"]
        for phase in PHASES
        if row[f"{phase}_keur"] is not None
    }
    return figures, frozenset((issue.line, issue.kind) for issue in extraction.issues)


def _check(given: Input) -> str:
    whole = _whole(given.good) if isinstance(given.good, int) else given.good
    try:
        found, issues = _told(_read(changed_bytes(whole, given.made)))
    except RefusedError as error:
        refuse_no_sentence(str(error))
        return "refused"
    if isinstance(given.good, int):
        printed, known = _printed(given.good)
        assert found == printed or issues - known, given
        return "read as it was" if found == printed else "with a word"
    return "read"


def test_a_changed_pdf_is_read_right_or_refused(fuzz: Fuzz[Input]) -> None:
    cut = [Input(0, (Change("cut", place, 1, ""),)) for place in (1, 1 << 8, 1 << 15, 65_000)]
    fuzz(INPUTS, _check, cut)


@pytest.mark.parametrize("place", range(len(WHOLE)))
def test_what_was_not_changed_is_read(place: int) -> None:
    assert _check(Input(place)) == "read as it was"
    assert _printed(place)[0]
