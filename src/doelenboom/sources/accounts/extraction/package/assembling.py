"""One chapter, read by every reader, as rows of the accounts package."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.extraction.document.lines import Chapter, Issue, Line
from doelenboom.sources.accounts.extraction.package import rows
from doelenboom.sources.accounts.extraction.package.parts import part_rows
from doelenboom.sources.accounts.extraction.package.proving import Sum, prove
from doelenboom.sources.accounts.extraction.package.rows import Row
from doelenboom.sources.accounts.extraction.proof.cost_tables import settle
from doelenboom.sources.accounts.extraction.subjects.actions.points import read_points
from doelenboom.sources.accounts.extraction.subjects.costs.finance import (
    Decision,
    Finance,
    FinanceRow,
    read_finance,
)
from doelenboom.sources.accounts.extraction.subjects.costs.other_years import read_other_years
from doelenboom.sources.accounts.extraction.subjects.explanations.prose import read_explanations
from doelenboom.sources.accounts.extraction.subjects.facts import read_facts
from doelenboom.sources.accounts.extraction.subjects.indicators.own import read_indicators
from doelenboom.sources.accounts.extraction.subjects.indicators.statutory import read_statutory
from doelenboom.sources.accounts.extraction.subjects.indicators.tables import find_indicator_tables
from doelenboom.sources.accounts.extraction.subjects.reserves import Reserves, read_reserves
from doelenboom.sources.accounts.extraction.subjects.sections import Heading, sections_of, title_of
from doelenboom.sources.accounts.extraction.subjects.tree.goals import read_tree
from doelenboom.sources.accounts.extraction.tables.grid import Grid
from doelenboom.sources.accounts.extraction.tables.grids import find_grids
from doelenboom.sources.accounts.extraction.tables.sides import below_each_other
from doelenboom.sources.accounts.extraction.tables.stacks import with_cells
from doelenboom.sources.accounts.extraction.tables.unread import (
    loose_amounts,
    silent_tables,
    unread_tables,
)
from doelenboom.sources.accounts.extraction.words.texts import shortened
from doelenboom.sources.accounts.extraction.words.vocabulary import section_of


@dataclass(frozen=True)
class Extraction:
    """What one chapter came to: rows per table of the package, and how far they are proved."""

    chapter: Chapter
    programme_code: str
    programme_name: str
    tables: Mapping[str, Sequence[Row]]
    issues: tuple[Issue, ...]
    sums: tuple[Sum, ...]
    decisions: tuple[Decision, ...]
    notes: tuple[str, ...] = ()


def extract_chapter(
    chapter: Chapter, municipality: str, year: int, statutory_names: Mapping[str, str]
) -> Extraction:
    """Read a chapter of the accounts of a municipality and year.

    `statutory_names` gives the code of each statutory indicator by its name. Raises
    `RefusedError` when nothing in it is known from annual accounts.
    """
    printed = chapter.lines
    chapter = replace(chapter, lines=tuple(below_each_other(with_cells(printed))))
    reserves = read_reserves(chapter.lines, year)
    if printed != chapter.lines:
        reserves = max(reserves, read_reserves(printed, year), key=lambda found: len(found.rows))
    grids = [
        grid
        for grid in find_grids(chapter.lines, year)
        if reserves.lines.isdisjoint(range(grid.first_line, grid.last_line + 1))
    ]
    title = title_of(chapter.lines, grids) or Heading("", chapter.name, 1)
    code, code_issues = _code(title, chapter)
    base = {"municipality_code": municipality, "fiscal_year": year, "programme_code": code}
    found = _read(base, chapter, title, grids, statutory_names, reserves=reserves)
    tables = found.tables
    known = {*reserves.lines, *found.finance.lines, *(issue.line for issue in found.issues)}
    known |= {
        row[key] for table in tables.values() for row in table for key in row if "_line" in key
    }
    silent = list(silent_tables(chapter.lines, known - {None}))
    nothing = not found.issues and not any(tables[table] for table in (*_WANTED, "reserves"))
    below_its_title = [line.text for line in chapter.lines if line.text.strip()][1:]
    if nothing and not any(map(section_of, below_its_title)):
        silent = silent or list(loose_amounts(chapter.lines))
        if not silent:
            raise RefusedError(
                f"{chapter.name}: found no goal tree, indicators, action points or cost table, nor"
                " the heading of one, expected a chapter of annual accounts."
            )
    issues = [
        *chapter.issues,
        *code_issues,
        *_year_issue(chapter.lines, year),
        *found.issues,
        *silent,
        *_not_found(tables),
    ]
    return Extraction(
        chapter,
        code,
        title.name,
        tables,
        tuple(sorted(issues, key=lambda issue: issue.line)),
        found.sums,
        found.finance.decisions,
        found.finance.notes,
    )


@dataclass(frozen=True)
class _Found:
    """What the readers found in one chapter."""

    tables: Mapping[str, Sequence[Row]]
    finance: Finance
    sums: tuple[Sum, ...]
    issues: Sequence[Issue]


def _read(
    base: Row,
    chapter: Chapter,
    title: Heading,
    grids: Sequence[Grid],
    statutory_names: Mapping[str, str],
    *,
    reserves: Reserves,
) -> _Found:
    lines, year = chapter.lines, base["fiscal_year"]
    sections = sections_of(lines, grids)
    settled = [settle(grid, title.name, lines) for grid in grids if not grid.refusal]
    finance = read_finance(settled, [grid for grid in grids if grid.refusal])
    years, year_issues = read_other_years(settled, title.name, lines, year)
    nodes, tree_issues = read_tree(lines, grids, [row.line_item for row in finance.rows])
    outside = [
        (line, section)
        for line, section in zip(lines, sections, strict=True)
        if not any(grid.first_line <= line.number <= grid.last_line for grid in grids)
    ]
    of_indicators = find_indicator_tables(outside, statutory_names)
    indicators, indicator_issues = read_indicators(
        lines, sections, year, of_indicators, statutory_names
    )
    statutory, statutory_issues = read_statutory(
        lines, sections, year, statutory_names, of_indicators
    )
    points, point_issues, has_status = read_points(lines, sections)
    variances = _net_variances(finance.rows)
    products = [node.name for node in nodes if node.kind == "product"]
    items = list(dict.fromkeys([*variances, *products]))
    prose = read_explanations(lines, sections, title.name, variances, items)
    taken = {n for grid in grids for n in range(grid.first_line, grid.last_line + 1)}
    taken |= reserves.lines
    sums, sum_issues = prove(finance, nodes, prose.rows, variances)
    issues = [
        *finance.issues,
        *year_issues,
        *reserves.issues,
        *unread_tables(lines, taken, sections),
        *tree_issues,
        *indicator_issues,
        *statutory_issues,
        *point_issues,
        *prose.issues,
        *sum_issues,
    ]
    source = {**base, "source_document": chapter.name}
    facts = enumerate(read_facts(outside, prose.used), 1)
    tables = {
        "programmes": [rows.programme_row(source, title, lines)],
        "documents": [rows.document_row(base, chapter, title)],
        "programme_finance": [rows.finance_row(source, row) for row in finance.rows],
        "budget_years": [rows.year_row(source, row) for row in years],
        "reserves": [rows.reserve_row(source, row) for row in reserves.rows],
        "goal_tree": [rows.node_row(source, n, node) for n, node in enumerate(nodes, 1)],
        "indicators": [rows.indicator_row(source, row) for row in indicators],
        "statutory_indicators": [rows.statutory_row(source, row) for row in statutory],
        "action_points": [rows.point_row(source, point, has_status) for point in points],
        "variance_explanations": [
            rows.explanation_row(source, n, row) for n, row in enumerate(prose.rows, 1)
        ],
        "forecasts": [rows.forecast_row(source, row) for row in prose.forecasts],
        "chapter_facts": [rows.fact_row(source, n, fact) for n, fact in facts],
    }
    tables["chapter_parts"] = part_rows(source, tables)
    return _Found(tables, finance, tuple(sums), issues)


def _net_variances(rows: Sequence[FinanceRow]) -> dict[str, Decimal | None]:
    """Return what the variances of each line come to; None where one of them is not settled."""
    found: dict[str, Decimal | None] = {}
    for row in rows:
        if row.is_total or row.flow.startswith("net_"):
            continue
        before, variance = found.get(row.line_item, Decimal(0)), row.amounts["variance"]
        found[row.line_item] = None if before is None or variance is None else before + variance
    return found


def _code(title: Heading, chapter: Chapter) -> tuple[str, list[Issue]]:
    if title.code:
        return title.code, []
    code = chapter.name.rsplit(".", 1)[0]
    problem = "Het hoofdstuk noemt geen nummer van het programma; de bestandsnaam staat ervoor."
    return code, [Issue(title.line, "programme_code", shortened(title.name), problem, (code,))]


def _year_issue(lines: Sequence[Line], year: int) -> Iterator[Issue]:
    if not any(str(year) in line.text for line in lines):
        problem = f"Het hoofdstuk noemt het opgegeven jaar {year} nergens."
        yield Issue(1, "fiscal_year", str(year), problem)


_WANTED = {
    "goal_tree": "doelenboom",
    "indicators": "eigen indicatoren",
    "statutory_indicators": "verplichte indicatoren",
    "action_points": "actiepunten",
    "programme_finance": "kostentabel",
    "variance_explanations": "toelichting op verschillen",
}


def _not_found(tables: Mapping[str, Sequence[Row]]) -> Iterator[Issue]:
    for table, name in _WANTED.items():
        if not tables[table]:
            yield Issue(1, "not_found", table, f"Geen {name} gevonden in dit hoofdstuk.")
