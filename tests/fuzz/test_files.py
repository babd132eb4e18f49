"""Any file in the inbox is kept as it is or refused by name; any CSV file is read as it stands."""

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from frictionless import Package
from hypothesis import strategies as st

from doelenboom.ingestion.inbox import inbox_inputs, land_inbox
from doelenboom.ingestion.taking import left_tables
from doelenboom.raw.chapters import read_chapters
from doelenboom.settings import Settings
from doelenboom.sources.accounts.extraction.package import extract
from doelenboom.sources.accounts.extraction.package.apart import read_job
from doelenboom.sources.accounts.extraction.package.writing import write_package
from doelenboom.sources.accounts.package import read_known_municipalities, read_schema
from doelenboom.sources.accounts.rules import judge_tables
from doelenboom.sources.accounts.tables import read_table
from tests.chapters.generator import chapter
from tests.fuzz.changes import Change, changed_bytes, changes
from tests.fuzz.conftest import Fuzz
from tests.fuzz.sentences import refuse_no_sentence
from tests.unit.sources.accounts.extraction.chapters import SEEDS, extracted

PLACES = ("GM0153/2018", "GM0153/2018", "GM0153/2018/deep", "GM0153", "", "GM9999/2018", "a/b/c/d")
KINDS = ("file", "file", "file", "link", "dangling", "pipe", "folder", "shut")
BODIES = (
    b"PK\x03\x04" + bytes(40),
    b"%PDF-1.7",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xfeW\x00a\x00t\x00",
    b"",
    b"\xef\xbb\xbf",
    b"<html><body><p>Wat heeft het gekost?</p></body></html>",
    b"municipality_code,fiscal_year\nGM0153,2018\n",
    b"=cmd|' /C calc'!A0\n",
    b"\x8f\x81\x8d",
)


@dataclass(frozen=True)
class Dropped:
    """What somebody drops: where, under which name, of what kind, with what in it."""

    place: str
    name: bytes
    kind: str
    body: int
    made: tuple[Change, ...]


NAMES = st.one_of(
    st.binary(min_size=1, max_size=12),
    st.text(min_size=1, max_size=60).map(lambda text: text.encode("utf-8", "replace")),
    st.sampled_from(
        (b"page.html", b"~$page.html", b".new", b"a\n.html", b"a" * 250 + b".html", b"caf\xe9")
    ),
).map(lambda name: name.replace(b"/", b"_").replace(b"\0", b"_")[:255])
INBOXES = st.lists(
    st.builds(
        Dropped,
        st.sampled_from(PLACES),
        NAMES.filter(lambda name: name not in (b".", b"..")),
        st.sampled_from(KINDS),
        st.integers(0, 2 * len(BODIES)),
        changes(("Lasten 1 2 3 4", "<td>", "\x00", "a" * 25_000), most=2).map(tuple),
    ),
    max_size=4,
)


def _drop(dropped: Dropped, inbox: Path) -> None:
    """Put it there; where the system does not let anybody, there is nothing."""
    folder = inbox / dropped.place
    path = Path(os.fsdecode(os.fsencode(folder) + b"/" + dropped.name))
    good = chapter(dropped.body).text.encode()
    body = BODIES[dropped.body] if dropped.body < len(BODIES) else changed_bytes(good, dropped.made)
    with suppress(FileExistsError, NotADirectoryError):
        folder.mkdir(parents=True, exist_ok=True)
        match dropped.kind:
            case "link":
                path.symlink_to("/etc/passwd")
            case "dangling":
                path.symlink_to(path)
            case "pipe":
                os.mkfifo(path)
            case "folder":
                path.mkdir()
            case _:
                with path.open("xb") as file:
                    file.write(body)
                path.chmod(0o000 if dropped.kind == "shut" else 0o644)


def _check_inbox(inbox: list[Dropped]) -> str:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(extract, "read_apart", read_job)
        settings = Settings(data_dir=Path(folder))
        settings.inbox_dir.mkdir()
        for dropped in inbox:
            _drop(dropped, settings.inbox_dir)
        landed = land_inbox(settings)
        inputs = inbox_inputs(settings)
        read = read_chapters(landed, settings.review_dir, settings.project_dir / "seeds")
        assert len(landed) == len(read) == len({each.file.name for each in landed})
        assert len(landed) + len(left_tables(settings)) == len(inputs)
        for each, came in zip(landed, read, strict=True):
            assert each.file.name.isprintable()
            assert not came.is_fault, came.refusal
            if came.refusal:
                refuse_no_sentence(came.refusal)
            if not each.file.refusal:
                assert each.kept.read_bytes() == each.file.path.read_bytes()
        return "with chapters" if any(came.chapter for came in read) else "refused or empty"


def test_any_inbox_is_kept_read_or_refused_file_by_file(fuzz: Fuzz[list[Dropped]]) -> None:
    known = [
        [Dropped("GM0153/2018", b"a" * length, "file", 6, ())] for length in range(250, 256)
    ] + [[Dropped("GM0153/2018", name, kind, 1, ())] for kind in KINDS for name in (b"x", b"_.CSV")]
    fuzz(INBOXES, _check_inbox, known)


@dataclass(frozen=True)
class Input:
    """A file of a good package by its number, and changes of it."""

    file: int
    made: tuple[Change, ...] = ()


CELLS = (
    *(
        ",",
        '"',
        '""',
        "\n",
        "\r\n",
        "\r",
        ";",
        "\t",
        " ",
        "\ufeff",
        "\x00",
        "1e3",
        "1_000",
        "NaN",
        "-0",
    ),
    *(
        "01",
        "1.2345",
        "=cmd|' /C calc'!A0",
        "GM9999",
        "reported",
        "true",
        "9" * 400,
        "x" * 140_000,
        "٣",
    ),
)
KNOWN_MUNICIPALITIES = read_known_municipalities(SEEDS / "reference" / "municipalities.csv")
INPUTS = st.builds(Input, st.integers(0, 8), changes(CELLS, most=3).map(tuple))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a good package of one chapter, in which files are changed and put back."""
    folder = Path(tmp_path_factory.mktemp("package"))
    schema = SEEDS / "accounts" / "datapackage.json"
    write_package([extracted(chapter(0).text)], folder, schema, KNOWN_MUNICIPALITIES, "")
    return folder


def test_any_csv_file_is_read_as_it_stands_or_refused(fuzz: Fuzz[Input], package: Path) -> None:
    described = read_schema(package / "datapackage.json")

    def check(given: Input) -> str:
        resources = described.resources
        path = package / f"{resources[given.file % len(resources)].path}"
        good = path.read_bytes()
        try:
            path.write_bytes(changed_bytes(good, given.made))
            return _judged(package, described)
        finally:
            path.write_bytes(good)

    fuzz(INPUTS, check, [])


def _judged(folder: Path, described: Package) -> str:
    """Judge a package as `check_package` does, which reads its description anew each time."""
    tables = [
        read_table(folder / f"{resource.path}", resource.schema.field_names)
        for resource in described.resources
    ]
    problems = [problem for table in tables for problem in table.problems]
    problems = problems or judge_tables(described, tables, KNOWN_MUNICIPALITIES)
    if problems:
        refuse_no_sentence(problems[0].sentence)
        return "refused"
    for table in tables:
        assert [table.columns, *table.rows] == _as_it_stands(table.path.read_bytes().decode())
    return "accepted"


def _as_it_stands(text: str) -> list[tuple[str, ...]]:
    """Read CSV as RFC 4180 has it, letter by letter, apart from Python's reader."""
    rows: list[tuple[str, ...]] = []
    row: list[str] = []
    cell, quoted, place = "", False, 0
    while place < len(text):
        letter = text[place]
        if quoted and text[place : place + 2] == '""':
            cell, place = cell + '"', place + 1
        elif letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            row, cell = [*row, cell], ""
        elif letter == "\n" and not quoted:
            rows, row, cell = [*rows, (*row, cell)], [], ""
        else:
            cell += letter
        place += 1
    return [*rows, (*row, cell)] if row or cell else rows
