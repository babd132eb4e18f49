"""One chapter, read by every reader, as rows of the accounts package.

Statuses say why a cell is empty. Columns that a person must judge stay empty; the columns that
the package requires all the same take the value that claims least.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.extraction.actions import Point, read_points
from doelenboom.sources.accounts.extraction.explanations import (
    Explanation,
    Forecast,
    read_explanations,
)
from doelenboom.sources.accounts.extraction.facts import Fact, read_facts
from doelenboom.sources.accounts.extraction.finance import Decision, Finance, FinanceRow, read_finance
from doelenboom.sources.accounts.extraction.goals import Node, read_tree
from doelenboom.sources.accounts.extraction.grids import find_grids
from doelenboom.sources.accounts.extraction.indicators import Indicator, read_indicators
from doelenboom.sources.accounts.extraction.lines import Chapter, Issue, Line, shortened
from doelenboom.sources.accounts.extraction.proving import Sum, prove
from doelenboom.sources.accounts.extraction.sections import (
    Heading,
    portfolio_holder_of,
    sections_of,
    title_of,
)
from doelenboom.sources.accounts.extraction.statutory import Statutory, read_statutory

Row = Mapping[str, Any]


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
    notes: tuple[str, ...] = field(default=())


def extract_chapter(
    chapter: Chapter, municipality: str, year: int, statutory_names: Mapping[str, str]
) -> Extraction:
    """Read a chapter of the accounts of a municipality and year.

    `statutory_names` gives the code of each statutory indicator by its name. Raises
    `RefusedError` when nothing in it is known from annual accounts.
    """
    lines = chapter.lines
    title = title_of(lines) or Heading("", chapter.name, 1)
    grids = find_grids(lines, year)
    sections = sections_of(lines, grids)
    finance = read_finance(grids, title.name)
    nodes, tree_issues = read_tree(lines, grids, [row.line_item for row in finance.rows])
    variances = _net_variances(finance.rows)
    products = [node.name for node in nodes if node.kind == "product"]
    items = list(dict.fromkeys([*variances, *products]))
    prose = read_explanations(lines, sections, title.name, variances, items)
    indicators, indicator_issues = read_indicators(lines, sections, year)
    statutory, statutory_issues = read_statutory(lines, sections, year, statutory_names)
    points, point_issues, has_status = read_points(lines, sections)
    facts = read_facts(_outside(lines, grids), _sections_outside(lines, sections, grids), prose.used)
    if not (finance.rows or nodes or indicators or statutory or points):
        raise RefusedError(
            f"{chapter.name}: found no goal tree, indicators, action points or cost table,"
            " expected a chapter of annual accounts."
        )
    sums, sum_issues = prove(finance, nodes, prose.rows, variances)
    code, code_issues = _code(title, chapter)
    base = {"municipality_code": municipality, "fiscal_year": year, "programme_code": code}
    source = {**base, "source_document": chapter.name}
    tables = {
        "programmes": [_programme_row(source, title, lines)],
        "documents": [_document_row(base, chapter, title)],
        "programme_finance": [_finance_row(source, row) for row in finance.rows],
        "goal_tree": [_node_row(source, n, node) for n, node in enumerate(nodes, 1)],
        "indicators": [_indicator_row(source, row) for row in indicators],
        "statutory_indicators": [_statutory_row(source, row) for row in statutory],
        "action_points": [_point_row(source, point, has_status) for point in points],
        "variance_explanations": [
            _explanation_row(source, n, row) for n, row in enumerate(prose.rows, 1)
        ],
        "forecasts": [_forecast_row(source, row) for row in prose.forecasts],
        "chapter_facts": [_fact_row(source, n, fact) for n, fact in enumerate(facts, 1)],
    }
    issues = [
        *chapter.issues, *code_issues, *_year_issue(lines, year), *finance.issues, *tree_issues,
        *indicator_issues, *statutory_issues, *point_issues, *prose.issues, *sum_issues,
        *_not_found(tables),
    ]  # fmt: skip
    return Extraction(
        chapter, code, title.name, tables, tuple(sorted(issues, key=lambda issue: issue.line)),
        tuple(sums), finance.decisions, finance.notes,
    )  # fmt: skip


def _net_variances(rows: Sequence[FinanceRow]) -> dict[str, Decimal | None]:
    """Return what the variances of each line come to; None where one of them is not settled."""
    found: dict[str, Decimal | None] = {}
    for row in rows:
        if row.is_total or row.flow.startswith("net_"):
            continue
        before, variance = found.get(row.line_item, Decimal(0)), row.amounts["variance"]
        found[row.line_item] = None if before is None or variance is None else before + variance
    return found


def _inside(line: Line, grids: Sequence[Any]) -> bool:
    return any(grid.first_line <= line.number <= grid.last_line for grid in grids)


def _outside(lines: Sequence[Line], grids: Sequence[Any]) -> list[Line]:
    return [line for line in lines if not _inside(line, grids)]


def _sections_outside(
    lines: Sequence[Line], sections: Sequence[str], grids: Sequence[Any]
) -> list[str]:
    return [s for line, s in zip(lines, sections, strict=True) if not _inside(line, grids)]


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
    "statutory_indicators": "wettelijke indicatoren",
    "action_points": "actiepunten",
    "programme_finance": "kostentabel",
    "variance_explanations": "toelichting op verschillen",
}


def _not_found(tables: Mapping[str, Sequence[Row]]) -> Iterator[Issue]:
    for table, name in _WANTED.items():
        if not tables[table]:
            yield Issue(1, "not_found", table, f"Geen {name} gevonden in dit hoofdstuk.")


# --- rows of the package ---


def _programme_row(source: Row, title: Heading, lines: Sequence[Line]) -> Row:
    return {
        **source,
        "programme_name": title.name,
        "portfolio_holder": portfolio_holder_of(lines),
        "value_status": "partially_reported",
        "status_reason": "Soort en status van het stuk zijn niet beoordeeld",
        "source_line": title.line,
    }


def _document_row(base: Row, chapter: Chapter, title: Heading) -> Row:
    return {
        **base,
        "name": chapter.name,
        "title": f"{title.code} {title.name}".strip(),
        "sha256": chapter.sha256,
        "line_count": chapter.line_count,
        "source_document": chapter.name,
        "source_line": title.line,
    }


def _finance_row(source: Row, row: FinanceRow) -> Row:
    stated = any(value is not None for value in row.amounts.values())
    status = "reported" if row.whole else "partially_reported" if stated else "not_captured"
    return {
        **source,
        "line_item": row.line_item,
        "flow": row.flow,
        "is_total": row.is_total,
        **{f"{phase}_keur": value for phase, value in row.amounts.items()},
        "value_status": status if stated or not row.whole else "not_published",
        "source_line": row.line,
    }


def _node_row(source: Row, order: int, node: Node) -> Row:
    status, reason = "not_published", "Bedragen staan bij de producten"
    if node.kind == "product":
        missing = [
            name
            for name, value in (("lasten", node.expenses), ("baten", node.revenue))
            if value is None
        ]
        status = ("reported", "partially_reported", "not_published")[len(missing)]
        names = " en ".join(missing)
        reason = f"De bron toont geen regel {names} bij dit product" if missing else ""
    return {
        **source,
        "node_type": node.kind,
        "node_code": node.code,
        "node_name": node.name,
        "parent_node_code": node.parent,
        "sort_order": order,
        "expenses_actual_keur": node.expenses,
        "revenue_actual_keur": node.revenue,
        "value_status": status,
        "status_reason": reason,
        "source_line": node.line,
        "revenue_source_line": node.revenue_line,
    }


def _indicator_row(source: Row, row: Indicator) -> Row:
    return {
        **source,
        "indicator_code": f"own_{row.code}",
        "indicator_name": row.name,
        "objective_code_printed": row.objective,
        "theme_code": row.theme,
        "unit": row.unit,
        "direction": "none",
        "direction_basis": "ours",
        "score_year": row.score_year,
        "score": row.score,
        "previous_score": row.previous,
        "target": row.target,
        "target_status": "reported" if row.target is not None else _unstated(row.value_status),
        "target_year": row.target_year,
        "margin_of_error": row.margin,
        "confidence_level": row.confidence,
        "margin_status": row.margin_status,
        "measurement_basis": "sample" if row.margin_status == "printed" else "unknown",
        "verdict_stated": row.verdict,
        "value_status": row.value_status,
        "status_reason": row.reason,
        "continued": row.continued,
        "source_line": row.line,
        "verdict_source_line": row.verdict_line,
    }


def _unstated(status: str) -> str:
    return "not_published" if status == "reported" else status


def _statutory_row(source: Row, row: Statutory) -> Row:
    silent = row.score is None
    return {
        **source,
        "indicator_code": row.code,
        "policy_field": row.field,
        "indicator_name": row.name,
        "unit": row.unit,
        "score_year": row.year,
        "score": row.score,
        "score_source": row.source,
        "target_status": "not_applicable",
        "margin_status": "not_printed",
        "measurement_basis": "unknown",
        "value_status": "not_published" if silent else "reported",
        "status_reason": f"De bron toont {row.text or 'niets'}" if silent else "",
        "source_line": row.line,
    }


def _point_row(source: Row, point: Point, has_status: bool) -> Row:
    return {
        **source,
        "action_code": point.code,
        "theme_code": point.theme,
        "objective_code": point.objective,
        "title": point.title,
        "savings_target_keur": point.saving,
        "explanation": point.explanation,
        "value_status": "not_captured" if has_status else "not_published",
        "status_reason": "De status staat niet in de tekst van de bron" if has_status else "",
        "source_line": point.line,
        "explanation_source_line": point.explanation_line,
    }


def _explanation_row(source: Row, number: int, row: Explanation) -> Row:
    return {
        **source,
        "explanation_no": number,
        "role": row.role,
        "parent_explanation_no": row.parent,
        "subject": row.subject,
        "amount_keur": row.keur,
        "amount_text": row.text,
        "rounded_to_keur": row.rounded_to,
        "hedge": row.hedge,
        "nature": row.nature,
        "line_item": row.line_item,
        "value_status": "reported" if row.keur is not None else "not_captured",
        "source_line": row.line,
    }


def _forecast_row(source: Row, row: Forecast) -> Row:
    return {
        **source,
        "stage": row.stage,
        "forecast_keur": row.keur,
        "forecast_text": row.text,
        "rounded_to_keur": row.rounded_to,
        "basis": "printed",
        "value_status": "reported",
        "source_line": row.line,
    }


def _fact_row(source: Row, number: int, fact: Fact) -> Row:
    return {
        **source,
        "fact_no": number,
        "kind": fact.kind,
        "code": fact.code,
        "title": fact.title,
        "party_role": "verbonden_partij" if fact.kind == "affiliated_party" else "",
        "objective_code": fact.objective,
        "products": fact.products,
        "value": fact.value,
        "unit": "keur" if fact.value is not None else "",
        "rounded_to": fact.rounded_to,
        "hedge": fact.hedge,
        "value_text": fact.text,
        "value_status": "reported" if fact.value is not None else "not_applicable",
        "source_line": fact.line,
    }
