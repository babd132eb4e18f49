"""Files as nobody should drop them: what each is, the rules that refuse it, and how much is taken.

All are made from one good table, whose rows are known; of a row that is taken every value must be
that of the good one.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
import xlsxwriter

from tests.unit.sources.inbox.dropped import cells, saved, workbook

HEAD = "Gemeente;Jaar;Programma;Nr;Indicator;Richting;Score;Streefwaarde\n"
ROWS = (
    "Enschede;2018;2.1;1;Cliënten tevreden;hoger is beter;79;82\n",
    "Enschede;2018;2.1;2;Wachttijd;lager is beter;0,5;0,25\n",
    "Enschede;2018;2.1;3;Bezoekers;geen richting;1234,5;\n",
)
GOOD = HEAD + "".join(ROWS)
TRUTH = {
    "own_1": ("Cliënten tevreden", "higher", "79", "82"),
    "own_2": ("Wachttijd", "lower", "0.5", "0.25"),
    "own_3": ("Bezoekers", "none", "1234.5", ""),
}
TYPED: list[list[Any]] = [
    HEAD.strip().split(";"),
    ["Enschede", 2018, "2.1", 1, "Cliënten tevreden", "hoger is beter", 79, 82],
    ["Enschede", 2018, "2.1", 2, "Wachttijd", "lager is beter", 0.5, 0.25],
    ["Enschede", 2018, "2.1", 3, "Bezoekers", "geen richting", 1234.5, None],
]
ALL = 3
SCALED = "getal dat gedeeld door duizend wordt getoond"
VALUE, WHOLE = "soort waarde", "geen bekende kop"


@dataclass(frozen=True)
class Dirty:
    """A file: its bytes when asked, which rules refuse something of it, how many rows are taken."""

    name: str
    make: Callable[[], bytes]
    rules: frozenset[str]
    taken: int


def _text(name: str, text: str, *rules: str, taken: int = 0, encoding: str = "utf-8") -> Dirty:
    return Dirty(name, lambda: text.encode(encoding), frozenset(rules), taken)


def _bytes(name: str, data: bytes | Callable[[], bytes], *rules: str, taken: int = 0) -> Dirty:
    return Dirty(name, data if callable(data) else lambda: data, frozenset(rules), taken)


def _score(text: str, *rules: str, taken: int = 2) -> Dirty:
    return _text(f"score {text[:20]!r}", GOOD.replace(";79;", f";{text};"), *rules, taken=taken)


def _name(text: str, *rules: str, taken: int = 2) -> Dirty:
    return _text(f"name {text[:20]!r}", GOOD.replace("Wachttijd", text), *rules, taken=taken)


def encodings() -> Iterator[Dirty]:
    """Yield what editors and exports make of letters."""
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        yield _text(f"encoding {encoding}", GOOD, taken=ALL, encoding=encoding)
    big = b"\xfe\xff" + GOOD.encode("utf-16-be")
    yield _bytes("encoding utf-16 big endian", big, taken=ALL)
    yield _bytes("encoding utf-16 without mark", GOOD.encode("utf-16-le"), "geen tekst")
    yield _bytes("encoding utf-16 cut off", GOOD.encode("utf-16")[:-1], "tekenset")
    yield _bytes("encoding utf-32", GOOD.encode("utf-32"), "geen tekst")
    yield _bytes("encoding of no letter", GOOD.encode() + b"\x81\xff", "tekenset")
    yield _bytes("zero bytes", GOOD.replace("Wachttijd", "W\0").encode(), "geen tekst")
    yield _bytes("escape codes", GOOD.replace("Wachttijd", "\x1b[2J").encode(), "geen tekst")
    yield _bytes("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", WHOLE)
    yield _bytes("an image", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "tekenset", "geen tekst")
    yield _text("a page", "<html><body><table><tr><td>79</td></tr></table></body></html>", WHOLE)


def separators() -> Iterator[Dirty]:
    """Yield what stands between cells, and around them."""
    for name, separator in (("tab", "\t"), ("comma", ",")):
        quoted = GOOD.replace("0,5", '"0,5"').replace("0,25", '"0,25"').replace("1234,5", "1234.5")
        quoted = quoted.replace('"0,5"', "0.5").replace('"0,25"', "0.25")
        yield _text(f"separator {name}", quoted.replace(";", separator), taken=ALL)
    bare = GOOD.replace(";", ",")
    yield _text("decimal comma between commas", bare, "te veel cellen", taken=1)
    yield _text("separator bar", GOOD.replace(";", "|"), WHOLE)
    yield _text("hint of Excel", "sep=;\n" + GOOD, taken=ALL)
    yield _text("hint that is wrong", "sep=,\n" + GOOD, WHOLE)
    yield _text("ends of Windows", GOOD.replace("\n", "\r\n"), taken=ALL)
    yield _text("ends of old Macs", GOOD.replace("\n", "\r"), taken=ALL)
    yield _text("empty lines", GOOD.replace("\n", "\n\n;;;;;;;\n"), taken=ALL)
    yield _text("no last end", GOOD.rstrip("\n"), taken=ALL)
    yield _text("all quoted", '"' + GOOD.replace(";", '";"').replace("\n", '"\n"')[:-1], taken=ALL)
    yield _text("quote not closed", GOOD.replace("Wachttijd", '"Wachttijd'), "aanhalingstekens")
    yield _text("text behind quote", GOOD.replace("Wachttijd", '"Wacht"tijd'), "aanhalingstekens")
    yield _text("blanks around", GOOD.replace(";", " ; "), taken=ALL)
    yield _text("hard blanks around", GOOD.replace(";", "\u00a0;\u00a0"), taken=ALL)
    yield _text("too many cells", GOOD.replace("82\n", "82;7;7\n"), "te veel cellen", taken=2)
    yield _text("title above", "Indicatoren 2018\n\n" + GOOD, taken=ALL)
    yield _text("head in capitals", GOOD.replace(HEAD, HEAD.upper()), taken=ALL)
    yield _text("head twice", HEAD + GOOD, VALUE, "gemeente onbekend", taken=ALL)


def nothing() -> Iterator[Dirty]:
    """Yield files with nothing in them."""
    for name, text in (("nothing", ""), ("blanks", " \n\t\n"), ("a mark", "\ufeff")):
        yield _text(name, text, "leeg bestand")
    yield _text("only separators", ";;;;\n;;;;\n", WHOLE)
    yield _text("only a head", HEAD)
    yield _text("only a title", "Indicatoren\n", WHOLE)
    yield _text("no head", "".join(ROWS), WHOLE)
    yield _text("column missing", GOOD.replace("Richting", "X"), "kolom ontbreekt")
    yield _text("column twice", GOOD.replace("Streefwaarde", "Score"), "kolom staat er dubbel")


def values() -> Iterator[Dirty]:
    """Yield cells that are not what their column takes."""
    for text in ("veel", "79 punten", "79%%", "--5", "1.2.3", "1e5", "NaN", "inf", "∞", "½"):
        yield _score(text, VALUE)
    for text in ("７９", "٧٩", "0x4F", "31-12-2018", "1-jan", "WAAR", "#REF!", "#DIV/0!", "-", "."):
        yield _score(text, VALUE)
    for text in ("79,5,1", "1_000", "079", "79;", "n.v.t.", "9" * 16, "9" * 400, "1,2345"):
        rules = ("soort waarde",) if text != "79;" else (VALUE, "te veel cellen")
        yield (
            _score(text, *rules[:1])
            if text != "79;"
            else _text("a cell too many", GOOD.replace(";79;", ";79;;"), "te veel cellen", taken=2)
        )
    for text in ("=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")'):
        yield _score(text.replace('"', ""), "formule als tekst")
        yield _name(text.replace('"', ""), "formule als tekst")
    for text in ("+1+1", "-2+3", "@SUM(A1:A9)"):
        yield _score(text, VALUE)
    yield _name("x" * 3_000, "te lange tekst")
    yield _name("", VALUE)
    yield _text(
        "unknown municipality", GOOD.replace("Enschede", "Nergens", 1), "gemeente onbekend", taken=2
    )
    yield _text(
        "year of a merger",
        GOOD.replace("Enschede", "Bedum").replace("2018", "2019"),
        "gemeente onbekend",
    )
    yield _text("unknown code", GOOD.replace("lager is", "meer is"), VALUE, taken=2)
    yield _text("year in words", GOOD.replace("2018", "vorig jaar", 1), VALUE, taken=2)
    yield _text("row twice", GOOD + ROWS[0], "dubbel", taken=2)
    only = HEAD + ROWS[0]
    yield _text("ambiguous", only.replace(";79;", ";12.345;"), "dubbelzinnig getal")
    yield _text("thousands by point, decided", GOOD.replace("1234,5", "1.234,5"), taken=ALL)


def large() -> Iterator[Dirty]:
    """Yield more than any municipality has."""
    row = ROWS[0].replace(";1;", ";{};")
    many = "".join(row.format(n) for n in range(20_001))
    yield Dirty("rows", (HEAD + many).encode, frozenset({"te veel rijen"}), 0)
    yield _text("columns", GOOD.replace("82\n", "82" + ";" * 400 + "\n"), "te veel kolommen")
    yield _text("a long cell", GOOD.replace("Wachttijd", "x" * 140_000), "te lange tekst", taken=2)
    yield Dirty("bytes", lambda: HEAD.encode() + b"x" * 20_000_000, frozenset({"te groot"}), 0)


def _zipped(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


def _parts(change: Callable[[str, bytes], bytes] = lambda _, part: part) -> dict[str, bytes]:
    """Give the parts of a good workbook, changed."""
    with zipfile.ZipFile(io.BytesIO(workbook({"Blad1": TYPED}))) as archive:
        return {name: change(name, archive.read(name)) for name in archive.namelist()}


def _sheet_changed(old: str, new: str) -> Callable[[], bytes]:
    def change(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return part
        assert old.encode() in part
        return part.replace(old.encode(), new.encode())

    return lambda: _zipped(_parts(change))


def _with_cell(place: str, value: Any, form: str = "") -> Callable[[], bytes]:
    def make() -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(workbook({"Blad1": TYPED})))
        book["Blad1"][place].value = value
        if form:
            book["Blad1"][place].number_format = form
        return saved(book)

    return make


def _computed(value: Any) -> bytes:
    """Write a formula with the value that Excel computed."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        page = book.add_worksheet("Blad1")
        for row, found in enumerate(TYPED):
            page.write_row(row, 0, ["" if cell is None else cell for cell in found])
        page.write_formula("G2", "=78+1", None, value)
    return data.getvalue()


def _shared_text_of_no_number() -> bytes:
    with zipfile.ZipFile(io.BytesIO(_computed(79))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert b't="s"><v>0<' in parts[sheet]
    return _zipped(parts | {sheet: parts[sheet].replace(b't="s"><v>0<', b't="s"><v>999999<')})


def _hidden() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook({"Blad1": TYPED, "Verborgen": TYPED})))
    book["Verborgen"].sheet_state = "hidden"
    return saved(book)


def _merged() -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Indicatoren 2018"])
    page.merge_cells("A1:H1")
    for row in TYPED:
        page.append(row)
    return saved(book)


def workbooks() -> Iterator[Dirty]:
    """Yield workbooks that are damaged, of another kind, or full of traps."""
    good = workbook({"Blad1": TYPED})
    parts = _parts()
    types = parts["[Content_Types].xml"]
    yield _bytes("workbook", good, taken=ALL)
    yield _bytes("workbook of text", workbook({"B": cells(GOOD)}), taken=ALL)
    places = {"10": 10, "200": 200, "half": len(good) // 2, "its end": len(good) - 30}
    for told, place in places.items():
        yield _bytes(f"cut off at {told}", good[:place], "onleesbaar werkboek")
    yield _bytes("only the mark of a zip", b"PK\x03\x04", "onleesbaar werkboek")
    yield _bytes("old workbook", b"\xd0\xcf\x11\xe0" + bytes(600), "oud of beveiligd werkboek")
    macro = types.replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
    yield _bytes("macros", _zipped(parts | {"[Content_Types].xml": macro}), "werkboek met macro's")
    yield _bytes(
        "macros, not told", _zipped(parts | {"xl/vbaProject.bin": b"x"}), "werkboek met macro's"
    )
    ods = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
    yield _bytes("ODS", _zipped(ods), "ander soort bestand")
    yield _bytes("a zip", _zipped({"a.csv": GOOD.encode()}), "ander soort bestand")
    word = types.replace(b"spreadsheetml.sheet.main", b"wordprocessingml.document.main")
    yield _bytes("a letter", _zipped(parts | {"[Content_Types].xml": word}), "ander soort bestand")
    yield Dirty(
        "zip bomb",
        lambda: _zipped(parts | {"xl/a.bin": bytes(201_000_000)}),
        frozenset({"te groot"}),
        0,
    )
    yield Dirty(
        "many parts",
        lambda: _zipped(parts | {f"x/{n}": b"" for n in range(1_001)}),
        frozenset({"te groot"}),
        0,
    )
    entity = '<!DOCTYPE x [<!ENTITY a "79">]><worksheet'
    yield _bytes("entities", _sheet_changed("<worksheet", entity), "onleesbaar werkboek")
    yield _bytes(
        "sheet that is none", _sheet_changed("<worksheet", "<x"), "onleesbaar werkboek", WHOLE
    )
    yield _bytes("sheet cut off", _sheet_changed("</sheetData>", ""), "onleesbaar werkboek")
    yield _bytes(
        "text of no number",
        _shared_text_of_no_number(),
        "onleesbaar werkboek",
    )
    yield _bytes("number that is none", _sheet_changed("<v>79<", "<v>NaN<"), "onleesbaar werkboek")
    yield _bytes(
        "number without end", _sheet_changed("<v>79<", f"<v>{'9' * 400}<"), "foutwaarde", taken=2
    )
    yield _bytes("size that is claimed", _sheet_changed("A1:H4", "A1:XFD1048576"), taken=ALL)
    yield _bytes(
        "row far below",
        _sheet_changed('<row r="4"', '<row r="1048576"'),
        taken=ALL,
    )


def values_of_workbooks() -> Iterator[Dirty]:
    """Yield workbooks with cells that are not what they seem."""
    yield _bytes(
        "formula without value", _with_cell("G2", "=78+1"), "formule zonder waarde", taken=2
    )
    yield _bytes(
        "formula of another file",
        _with_cell("G2", "=[1]Blad1!A1"),
        "formule zonder waarde",
        taken=2,
    )
    yield _bytes(
        "formula that runs",
        _with_cell("E3", "=cmd|' /C calc'!A0"),
        "formule zonder waarde",
        taken=2,
    )
    yield _bytes("formula with its value", _computed(79), taken=ALL)
    yield _bytes("formula with noise", _computed(79.00000000000001), taken=ALL)
    yield _bytes("formula that failed", _computed("#DIV/0!"), "foutwaarde", taken=2)
    yield _bytes("error", _with_cell("G2", "#N/A"), "foutwaarde", taken=2)
    for value in (True, date(2018, 12, 31), datetime(2018, 12, 31, 9, 30), "79 stuks"):
        rules = (VALUE, "datum of tijd")
        yield _bytes(f"score {value!r}", _with_cell("G2", value), *rules, taken=2)
    yield _bytes("day of 1900", _with_cell("G2", 20, "dd-mm-yyyy"), "datum of tijd", taken=2)
    yield _bytes(
        "day out of time", _with_cell("G2", 9_999_999, "dd-mm-yyyy"), "foutwaarde", taken=2
    )
    for form in ("#,##0,", "0,,", '#,##0.0,"k"'):
        made = _with_cell("G2", 79_000, form)
        yield _bytes(f"shown in thousands {form}", made, SCALED, taken=2)
    yield _bytes("shown with thousands", _with_cell("G2", 79, "#,##0.00"), taken=ALL)
    yield _bytes("percentage", _with_cell("G2", 0.79, "0%"), taken=ALL)
    yield _bytes(
        "code as a day", _with_cell("C2", date(2018, 1, 2)), "datum in plaats van tekst", taken=2
    )
    yield _bytes("code as a number", _with_cell("C2", 2.1), taken=ALL)
    yield _bytes("year as a half", _with_cell("B2", 2018.5), VALUE, taken=2)
    yield _bytes("thousandths", _with_cell("G2", 79.12345), VALUE, taken=2)
    yield _bytes("hidden sheet", _hidden(), taken=ALL)
    yield _bytes("merged title", _merged(), taken=ALL)
    yield _bytes("empty sheets", workbook({"A": [], "B": TYPED, "C": [[]]}), taken=ALL)
    yield _bytes("only empty sheets", workbook({"A": [], "B": [[]]}), WHOLE)
    yield _bytes("many sheets", workbook({f"B{n}": [] for n in range(51)}), "te veel bladen")
    yield _bytes("odd name of a sheet", workbook({"=1+1 'é\u202e": TYPED}), taken=ALL)
    wide = [[*row, *([None] * 400), 1] for row in TYPED]
    yield _bytes("columns of a sheet", workbook({"A": wide}), "te veel kolommen")


DIRTY = [
    dirty
    for make in (encodings, separators, nothing, values, large, workbooks, values_of_workbooks)
    for dirty in make()
]
