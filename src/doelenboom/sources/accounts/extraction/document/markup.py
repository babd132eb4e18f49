"""A page as a browser saves it becomes numbered lines; rows of its tables keep their cells.

Scripts, styles and pictures are left out, nothing is executed or fetched. A table inside a cell
makes its surroundings layout: only the innermost tables have rows. A cell that spans rows or
columns stands in each of them once, the others are empty.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree, html

from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.words.patterns import anywhere
from doelenboom.sources.accounts.extraction.words.texts import plain, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import DOCUMENT

WIDEST_SPAN = 100
WIDEST_TABLE = 200
MOST_TABLES = 5_000

_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
"""Figures of a footnote, which must not join the amount before them."""

_PARTS = anywhere(r"\s[-–|·:]\s")
"""What stands between the parts of a page's title, of which one may be the document's."""

_SHARED = (
    "Rijen staan op dezelfde regel van het bestand: regels zijn geteld zoals de pagina ze toont."
)

_SKIPPED = {"script", "style", "noscript", "template", "svg", "iframe", "object", "head", "select"}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "div", "dl"),
    *("dt", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
    *("html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot"),
    *("th", "thead", "tr", "ul"),
}


class _Writer:
    """Collects running text until a block ends, and gives each line its place in the file."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._start = 0

    def add(self, text: str | None, line: int) -> None:
        if not text:
            return
        if text.strip() and not self._words:
            self._start = line + text[: len(text) - len(text.lstrip())].count("\n")
        if text.strip() or self._words:
            self._words.append(plain(text))

    def flush(self) -> None:
        text = squeezed("".join(self._words))
        if text:
            self.lines.append(Line(self._start, text))
        self._words.clear()


def read_markup(name: str, text: str, longest_table: int) -> tuple[list[Line], list[Issue]]:
    """Read the lines of an HTML page, rows of tables as lines with cells.

    Of its title the part that says what document it is of is its first line. Lines have the numbers
    of the file, unless rows of tables stand on one line of it: then each has its own, counted on.

    Raises `RefusedError` when nothing can be read or a table has more than `longest_table` rows.
    """
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise RefusedError(f"{name}: found HTML that cannot be read, expected a page.") from error
    writer = _Writer()
    for title in root.iter("title"):
        for part in filter(
            DOCUMENT.fullmatch, map(squeezed, _PARTS.split(plain(title.text or "")))
        ):
            writer.add(part, title.sourceline)
            writer.flush()
    _walk(root, writer, _Tables(name, longest_table))
    writer.flush()
    scripts = sum(1 for _ in root.iter("script"))
    issues = []
    if scripts:
        problem = (
            f"{scripts} script(s) in de pagina overgeslagen; niets is uitgevoerd of opgehaald."
        )
        issues.append(Issue(1, "left_out", "<script>", problem))
    rows = [line.number for line in writer.lines if line.table]
    if len({*rows}) == len(rows):
        return writer.lines, issues
    issues.append(Issue(1, "left_out", "", _SHARED))
    return [replace(line, number=n) for n, line in enumerate(writer.lines, 1)], issues


class _Tables:
    """Counts the tables of a page and knows how long one may be."""

    def __init__(self, name: str, longest: int) -> None:
        self.name, self.longest, self.count = name, longest, 0

    def rows(self, table: Any) -> Iterator[Line]:
        rows = list(table.iter("tr"))
        if len(rows) > self.longest:
            raise RefusedError(
                f"{self.name}: found a table of {len(rows)} rows on line {table.sourceline},"
                f" expected at most {self.longest}."
            )
        if any(len(row) > WIDEST_TABLE for row in rows):
            raise RefusedError(
                f"{self.name}: found a table of more than {WIDEST_TABLE} columns"
                f" on line {table.sourceline}, expected a table of accounts."
            )
        self.count += 1
        for caption in table.iterchildren("caption"):
            if text := _cell_text(caption):
                yield Line(_first_line(caption), text)
        if self.count > MOST_TABLES:
            raise RefusedError(
                f"{self.name}: found more than {MOST_TABLES} tables,"
                " expected a chapter of annual accounts."
            )
        for row, cells in zip(rows, _grid(rows), strict=True):
            if any(cells):
                text = "  ".join(cell for cell in cells if cell)
                yield Line(_first_line(row), text, tuple(cells), self.count)


def _walk(root: Any, writer: _Writer, tables: _Tables) -> None:
    """Go through the page in its order, without recursion: depth is the page's own choice."""
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "end":
            if tag in _BLOCKS:
                writer.flush()
            if element.tail and element.tail.strip():
                writer.add(element.tail, _tail_line(element))
            else:
                writer.add(element.tail, 0)
        elif tag in _SKIPPED:
            walker.skip_subtree()
        elif tag == "table" and element.find(".//table") is None:
            writer.flush()
            writer.lines += tables.rows(element)
            walker.skip_subtree()
        else:
            if tag in _BLOCKS:
                writer.flush()
            writer.add("• " if tag == "li" else None, element.sourceline)
            text = element.text or ""
            raised = text.translate(_RAISED) if tag == "sup" else text
            writer.add(raised, element.sourceline)


def _grid(rows: list[Any]) -> Iterator[list[str]]:
    """Give each row its cells by column; what a spanning cell covers is empty."""
    covered: dict[int, int] = {}
    for row in rows:
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            if len(cells) >= WIDEST_TABLE:
                break
            while covered.get(len(cells), 0):
                cells.append("")
            width = min(_span(cell, "colspan"), WIDEST_TABLE - len(cells))
            height = _span(cell, "rowspan")
            for column in range(len(cells), len(cells) + width):
                covered[column] = height
            cells += [_cell_text(cell), *[""] * (width - 1)]
        width = max([len(cells), *(column + 1 for column, left in covered.items() if left)])
        yield cells + [""] * (width - len(cells))
        covered = {column: left - 1 for column, left in covered.items() if left > 1}


def _cell_text(cell: Any) -> str:
    parts = [cell.text or ""]
    walker = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walker:
        if element is cell:
            continue
        if event == "end":
            parts.append(element.tail or "")
        elif element.tag in _SKIPPED:
            walker.skip_subtree()
        else:
            text = element.text or ""
            raised = text.translate(_RAISED) if element.tag == "sup" else text
            parts += [" " if element.tag in _BLOCKS else "", raised]
    return squeezed(plain("".join(parts)))


def _span(cell: Any, name: str) -> int:
    try:
        return min(max(int(cell.get(name, 1)), 1), WIDEST_SPAN)
    except ValueError:
        return 1


def _first_line(row: Any) -> int:
    """Return the line on which the first text of a row stands."""
    for element in row.iter():
        text = element.text or ""
        if text.strip() and element.tag not in _SKIPPED:
            blank = text[: len(text) - len(text.lstrip())]
            return int(element.sourceline) + blank.count("\n")
    return int(row.sourceline)


def _tail_line(element: Any) -> int:
    """Return the line on which the text after an element begins, counting what is in it."""
    inside = sum((part.text or "").count("\n") for part in element.iter())
    inside += sum((part.tail or "").count("\n") for part in element.iterdescendants())
    return int(element.sourceline) + inside
