"""What is read as a chapter and what is refused, in one sentence, without executing anything."""

from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.extraction.document.reading import LARGEST_FILE, read_chapter

CAFE = "2.1 Café\n"


def _written(folder: Path, data: bytes | str, name: str = "chapter.txt") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_utf_8_and_windows_1252_are_read_alike(tmp_path: Path, encoding: str) -> None:
    chapter = read_chapter(_written(tmp_path, CAFE.encode(encoding)))
    assert [line.text for line in chapter.lines][:1] == ["2.1 Café"]


def test_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    chapter = read_chapter(_written(tmp_path, "een\r\ntwee\rdrie\x0bvier\n"))
    assert [(line.number, line.text) for line in chapter.lines][:3] == [
        (1, "een"),
        (2, "twee"),
        (3, "drievier"),
    ]
    assert chapter.line_count == 3


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.7", "a PDF that is cut off"),
        (b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
        (b"\xff\xd8\xff\xe0", "an image (JPEG)"),
        (b"PK\x03\x04\x14", "a compressed file"),
        ("Lasten".encode("utf-16"), "zero bytes"),
        (b"caf\x81", "the byte 0x81 on line 1"),
        (b" \n", "no text"),
        (b"<html><body><p> </p></body></html>", "no text"),
        (b"<html>" + b"<table><tr><td>a</table>" * 5_001, "more than 5000 tables"),
        (b"MIME-Version: 1.0\n\n<html>", "a web archive"),
        (b'<!DOCTYPE html [<!ENTITY a "b">]><html>&a;</html>', "entities"),
        (b"a" * 20_001, "20001 characters on line 1"),
        (b"a" * (LARGEST_FILE + 1), f"{LARGEST_FILE + 1} bytes"),
        (b"regel 1\n" * 10_001, "a table of more than 10000 rows"),
        (b"<table>" + b"<tr><td>1</td></tr>" * 10_001 + b"</table>", "a table of 10001 rows"),
        (b"<table><tr>" + b"<td>1</td>" * 201 + b"</tr></table>", "more than 200 columns"),
    ],
)
def test_what_is_no_chapter_is_refused_in_one_sentence(
    tmp_path: Path, data: bytes, found: str
) -> None:
    with pytest.raises(RefusedError) as refusal:
        read_chapter(_written(tmp_path, data))
    sentence = str(refusal.value)
    assert found in sentence
    assert sentence.startswith("chapter.txt: found ")
    assert ", expected " in sentence


def test_scripts_are_left_out_and_said_so(tmp_path: Path) -> None:
    page = "<html><script>Lasten 1 2 3</script><p>Tekst</p><iframe src='x'>Baten</iframe></html>"
    chapter = read_chapter(_written(tmp_path, page, "page.html"))
    assert [line.text for line in chapter.lines] == ["Tekst"]
    assert [issue.kind for issue in chapter.issues] == ["left_out"]


def test_cells_keep_their_columns_and_lines(tmp_path: Path) -> None:
    page = (
        "<html><body><p>Boven</p>\n<table>\n<tr><th>a</th><th colspan='2'>b</th></tr>\n"
        "<tr><td rowspan='2'>c</td><td>\n<b>1</b></td><td>2</td></tr>\n"
        "<tr><td>3</td><td>4</td></tr>\n</table></body></html>"
    )
    lines = read_chapter(_written(tmp_path, page, "page.html")).lines
    assert [line.cells for line in lines[1:]] == [
        ("a", "b", ""),
        ("c", "1", "2"),
        ("", "3", "4"),
    ]
    assert [line.number for line in lines] == [1, 3, 4, 6]


def test_only_the_innermost_of_nested_tables_has_rows(tmp_path: Path) -> None:
    page = (
        "<table><tr><td>links</td><td>"
        "<table><tr><td>a</td><td>1</td></tr></table></td></tr></table>"
    )
    lines = read_chapter(_written(tmp_path, page, "page.html")).lines
    assert [(line.text, line.cells) for line in lines] == [("links", ()), ("a  1", ("a", "1"))]


def test_deep_markup_ends_without_a_fault(tmp_path: Path) -> None:
    read_chapter(_written(tmp_path, "<html>x" + "<div>" * 100_000 + "x", "page.html"))


def test_a_damaged_letter_is_repaired_from_the_same_word_elsewhere(tmp_path: Path) -> None:
    chapter = read_chapter(_written(tmp_path, "cliƫnten\ncliënten\nwaƫer\n"))
    assert [line.text for line in chapter.lines][:3] == ["cliënten", "cliënten", "waƫer"]
    assert [(issue.line, issue.text) for issue in chapter.issues] == [(3, "waƫer")]
