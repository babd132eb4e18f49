"""Each chapter is read in a process of its own, with limits.

A file that needs more time or memory than any chapter does is refused in a sentence. What reading
means is none of this module's business.
"""

from dataclasses import dataclass
from pathlib import Path

from doelenboom import apart
from doelenboom.sources.accounts.extraction.document.reading import read_chapter
from doelenboom.sources.accounts.extraction.package.assembling import Extraction, extract_chapter
from doelenboom.sources.accounts.extraction.package.comparing import ChapterComparison, compared

Result = tuple[Extraction, ChapterComparison | None]


@dataclass(frozen=True)
class Job:
    """One chapter: the file, whose it is, and what it is held against (see `extract_files`)."""

    file: Path
    municipality_code: str
    year: int
    statutory_names: dict[str, str]
    seeds: Path


def read_apart(job: Job, seconds: float = apart.SECONDS, memory: int = apart.MEMORY) -> Result:
    """Read one chapter in a process that ends after some seconds of work, or some bytes of memory.

    Raises `RefusedError` on a file that is no chapter or that meets a limit, and `RuntimeError`
    where reading breaks down.
    """
    expected = "a chapter that takes a few"
    return apart.read_apart(
        read_job, job, name=job.file.name, expected=expected, seconds=seconds, memory=memory
    )


def read_job(job: Job) -> Result:
    """Read a chapter in this process, as `read_apart` does in another."""
    extraction = extract_chapter(
        read_chapter(job.file), job.municipality_code, job.year, job.statutory_names
    )
    return compared(extraction, job.seeds)
