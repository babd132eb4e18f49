"""Whatever a page does to the process that reads it, it ends there, in a sentence."""

from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.accounts.extraction.package.apart import Job, read_apart

pytestmark = pytest.mark.slow

PAGE = PROJECT_DIR / "tests" / "fixtures" / "chapters" / "saved_page.html"
MEGABYTE = 1_000_000


def _job(file: Path) -> Job:
    return Job(file, "GM0153", 2018, {}, PROJECT_DIR / "seeds")


def test_a_chapter_comes_back_whole() -> None:
    extraction, comparison = read_apart(_job(PAGE))
    assert extraction.tables["programme_finance"]
    assert comparison is None


def test_a_refusal_comes_back_as_its_sentence(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.7")
    with pytest.raises(
        RefusedError, match=r"^a\.pdf: found a PDF that is cut off, expected a whole one\.$"
    ):
        read_apart(_job(file))


def test_what_takes_too_long_is_refused() -> None:
    with pytest.raises(RefusedError, match=r"^saved_page\.html: found nothing within 0\.01 sec"):
        read_apart(_job(PAGE), seconds=0.01)


def test_what_needs_too_much_memory_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    file.write_text("Lasten\n" * 1_000_000, encoding="utf-8")
    with pytest.raises(RefusedError, match=r"^large\.txt: needs more than 100 MB of memory"):
        read_apart(_job(file), memory=100 * MEGABYTE)


def test_a_reader_that_breaks_down_says_what_broke_it(tmp_path: Path) -> None:
    job = Job(PAGE, "GM0153", 2018, {}, tmp_path)
    with pytest.raises(RuntimeError, match=r"^FileNotFoundError: "):
        read_apart(job)
