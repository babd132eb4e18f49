"""A page with tables as people save it: as it is, cell by cell, with tabs, in columns, as PDF."""

from collections.abc import Callable, Iterator

from lxml import html
from reportlab.lib.pagesizes import A3, A4, landscape

from tests.chapters.printing import print_with_reportlab

_MOST_ON_A4 = 12
Grid = list[list[tuple[str, bool]]]
"""Rows of cells: a text, and whether it is the cell's own place rather than one that it spans."""


def _texts(cell: html.HtmlElement) -> str:
    for line in cell.iter("br"):
        line.tail = f" {line.tail or ''}"
    return " ".join(cell.text_content().split())


def _grid(table: html.HtmlElement) -> Grid:
    """Lay out a table: a cell over several places or rows has its text in the first of them."""
    rows: Grid = []
    below: dict[tuple[int, int], bool] = {}
    for y, row in enumerate(table.iter("tr")):
        cells: list[tuple[str, bool]] = []
        for cell in row:
            while below.pop((y, len(cells)), False):
                cells.append(("", False))
            x, width, height = len(cells), int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
            cells += [(_texts(cell), True), *[("", False)] * (width - 1)]
            spanned = ((y + down, x + n) for down in range(1, height) for n in range(width))
            below.update(dict.fromkeys(spanned, True))
        rows.append(cells)
    return rows


def _flat(page: str) -> str:
    """Write a page again without cells over several rows and breaks in them, to be printed."""
    document = html.document_fromstring(page)
    for table in document.iter("table"):
        grid = _grid(table)
        for row, cells in zip(table.iter("tr"), grid, strict=True):
            own = list(row)
            for cell in own:
                text = _texts(cell)
                for part in list(cell):
                    cell.remove(part)
                cell.text = text
                cell.attrib.pop("rowspan", None)
            missing = len(cells) - sum(int(cell.get("colspan", 1)) for cell in own)
            for _ in range(missing):
                row.insert(0, html.Element("td"))
    return str(html.tostring(document, encoding="unicode"))


def _blocks(page: str, write: Callable[[Grid], Iterator[str]]) -> str:
    lines: list[str] = []
    for element in html.document_fromstring(page).body:
        if element.tag == "table":
            caption = element.findtext("caption")
            lines += [*([caption] if caption else []), *write(_grid(element)), ""]
        else:
            lines += [_texts(element), ""]
    return "\n".join(lines) + "\n"


def stacked(page: str) -> str:
    """Write each cell that is not empty on a line of its own, as a copied page does."""
    return _blocks(page, lambda grid: (text for row in grid for text, _ in row if text))


def tabbed(page: str) -> str:
    """Write the cells of a row with tabs between them, as a browser copies a table."""
    return _blocks(page, lambda grid: ("\t".join(text for text, own in r if own) for r in grid))


def in_columns(page: str) -> str:
    """Write a table in columns of a fixed width; a head over several begins at the first."""

    def write(grid: Grid) -> Iterator[str]:
        widths = [0] * max(map(len, grid))
        for row in grid:
            for n, (text, _) in enumerate(row):
                if not _spans(row, n):
                    widths[n] = max(widths[n], len(text) + 2)
        for row in grid:
            line = ""
            for n, (text, own) in enumerate(row):
                if own:
                    start, end = sum(widths[:n]), sum(widths[: n + 1])
                    aside = (
                        text
                        if not n
                        else f"  {text}"
                        if _spans(row, n)
                        else text.rjust(end - start)
                    )
                    line = line.ljust(start) + aside
            yield line.rstrip()

    return _blocks(page, write)


def _spans(row: list[tuple[str, bool]], n: int) -> bool:
    """Say whether a cell with a text stands over several columns."""
    return bool(row[n][0]) and n + 1 < len(row) and not row[n + 1][1]


def _printed(page: str, boxed: bool) -> bytes:
    """Print a page; one with a wide table lies on its side."""
    flat = _flat(page)
    tables = html.document_fromstring(flat).iter("table")
    wide = max(len(row) for table in tables for row in _grid(table)) > _MOST_ON_A4
    return print_with_reportlab(flat, boxed, size=landscape(A3) if wide else A4)


SAVINGS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "html": ("html", str.encode),
    "stacked": ("txt", lambda page: stacked(page).encode()),
    "tabs": ("txt", lambda page: tabbed(page).encode()),
    "columns": ("txt", lambda page: in_columns(page).encode()),
    "pdf_boxed": ("pdf", lambda page: _printed(page, boxed=True)),
    "pdf_bare": ("pdf", lambda page: _printed(page, boxed=False)),
}
"""How a page may be saved: the ending of its name, and its bytes."""
