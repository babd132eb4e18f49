"""How much of a chapter is read, how much of that is right, how fast and in how much memory.

Run with `make bench`. The two chapters in `../shared/documents` are compared with their reviewed
rows; made-up chapters with what they were made of.
"""

import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.accounts.extraction.document.reading import read_chapter
from doelenboom.sources.accounts.extraction.package.assembling import Extraction, extract_chapter
from doelenboom.sources.accounts.extraction.package.compared_tables import TABLES
from doelenboom.sources.accounts.extraction.package.comparing import (
    CellScore,
    compare_with_reviewed,
    reviewed_chapter,
)
from doelenboom.sources.accounts.extraction.package.extract import read_statutory_names
from tests.chapters.generator import Made, chapter
from tests.chapters.printing import print_with_reportlab, printed_chapter

SEEDS = PROJECT_DIR / "seeds"
DOCUMENTS = PROJECT_DIR.parent / "shared" / "documents"
YEARS = {"000_eeff2086d13189c9.txt": 2018, "001_774fb8964a89cc1a.txt": 2013}
GENERATED = range(400)
REPEATS = 5


def main() -> None:
    """Measure, and print precision and recall per kind, seconds and memory."""
    names = read_statutory_names(SEEDS / "reference" / "statutory_indicator_definitions.csv")
    files = [DOCUMENTS / name for name in YEARS if (DOCUMENTS / name).is_file()]
    print("kind                             reviewed extracted  right  recall  precision")
    for score in _compare(files, names):
        print(
            f"{score.kind:33s}{score.reviewed:8d}{score.extracted:10d}{score.right:7d}"
            f"{score.recall:8.3f}{score.precision:11.3f}"
        )
    for table in TABLES:
        if table.own_words:
            print(f"  not compared: {table.table}: {', '.join(table.own_words)} (words of ours)")
    for file in files:
        seconds = statistics.median(_seconds(file, names) for _ in range(REPEATS))
        print(f"{file.name}, {file.stat().st_size / 1000:.0f} KB: {seconds:.2f} s")
    _generated(names)
    _pages(names)
    memory = [_memory_after(files, names, times) for times in (1, 10)] if files else []
    print(f"peak memory in MB after reading once, and ten times more: {memory}")


def _compare(files: list[Path], names: dict[str, str]) -> Iterator[CellScore]:
    """Add up the scores of the chapters per kind."""
    totals: dict[str, Counter[str]] = {}
    for file in files:
        extraction = _extract(file, names)
        reviewed = reviewed_chapter(SEEDS, extraction.chapter.sha256)
        for score in compare_with_reviewed(extraction, reviewed).scores if reviewed else ():
            counts = {"reviewed": score.reviewed, "extracted": score.extracted}
            totals.setdefault(score.kind, Counter()).update({**counts, "right": score.right})
    for kind, count in totals.items():
        yield CellScore(kind, count["reviewed"], count["extracted"], count["right"])


def _extract(file: Path, names: dict[str, str], year: int | None = None) -> Extraction:
    return extract_chapter(read_chapter(file), "GM0153", year or YEARS[file.name], names)


def _seconds(file: Path, names: dict[str, str], year: int | None = None) -> float:
    start = time.perf_counter()
    _extract(file, names, year)
    return time.perf_counter() - start


def _generated(names: dict[str, str]) -> None:
    """Read made-up chapters, and print how many of their figures are wrong and not read."""
    counts: Counter[str] = Counter()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for seed in GENERATED:
            made = chapter(seed)
            file = Path(folder) / made.name
            file.write_text(made.text, encoding="utf-8")
            counts.update(_judged(made, _extract(file, names, 2018)))
    seconds = time.perf_counter() - start
    print(
        f"{len(GENERATED)} made-up chapters: {counts['rows']} rows,"
        f" {counts['wrong']} wrong figures,"
        f" {counts['open'] / counts['rows']:.2%} of the rows not read whole;"
        f" {seconds / len(GENERATED):.3f} s each"
    )


def _pages(names: dict[str, str]) -> None:
    """Read a PDF of ten pages, and print how long that takes."""
    page = printed_chapter("sides").text
    body = page[page.index("<h2>") : page.index("</body>")]
    longer = page.replace("</body>", body * 6 + "</body>")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "chapter.pdf"
        file.write_bytes(print_with_reportlab(longer, boxed=True))
        count = len(read_chapter(file).pages)
        seconds = statistics.median(_seconds(file, names, 2018) for _ in range(REPEATS))
    print(f"a PDF of {count} pages: {seconds:.2f} s, {10 * seconds / count:.2f} s for ten")


def _judged(made: Made, extraction: Extraction) -> Iterator[str]:
    rows = {(r["line_item"], r["flow"]): r for r in extraction.tables["programme_finance"]}
    for key, values in made.truth.items():
        found = {phase: rows.get(key, {}).get(f"{phase}_keur") for phase in values}
        yield "rows"
        yield from ("open" for _ in range(None in found.values()))
        yield from ("wrong" for p, v in found.items() if v is not None and v != values[p])


def _memory_after(files: list[Path], names: dict[str, str], times: int) -> int:
    for _ in range(times):
        for file in files:
            _extract(file, names)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


if __name__ == "__main__":
    main()
