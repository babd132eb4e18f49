"""What the readers found, as rows of the accounts package.

Statuses say why a cell is empty. Columns that a person must judge stay empty; the columns that
the package requires all the same take the value that claims least.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from doelenboom.sources.accounts.extraction.document.lines import Chapter, Line
from doelenboom.sources.accounts.extraction.subjects.actions.points import Point
from doelenboom.sources.accounts.extraction.subjects.costs.finance import FinanceRow
from doelenboom.sources.accounts.extraction.subjects.costs.other_years import YearRow
from doelenboom.sources.accounts.extraction.subjects.explanations.prose import Explanation, Forecast
from doelenboom.sources.accounts.extraction.subjects.facts import Fact
from doelenboom.sources.accounts.extraction.subjects.indicators.indicator import Indicator
from doelenboom.sources.accounts.extraction.subjects.indicators.statutory import Statutory
from doelenboom.sources.accounts.extraction.subjects.reserves import Reserve
from doelenboom.sources.accounts.extraction.subjects.sections import Heading, portfolio_holder_of
from doelenboom.sources.accounts.extraction.subjects.tree.goals import GoalNode

Row = Mapping[str, Any]


def programme_row(source: Row, title: Heading, lines: Sequence[Line]) -> Row:
    """Return the row of the programme itself."""
    return {
        **source,
        "programme_name": title.name,
        "portfolio_holder": portfolio_holder_of(lines),
        "value_status": "partially_reported",
        "status_reason": "Soort en status van het stuk zijn niet beoordeeld",
        "source_line": title.line,
    }


def document_row(base: Row, chapter: Chapter, title: Heading) -> Row:
    """Return the row of the file that was read."""
    return {
        **base,
        "name": chapter.name,
        "title": f"{title.code} {title.name}".strip(),
        "sha256": chapter.sha256,
        "line_count": chapter.line_count,
        "source_document": chapter.name,
        "source_line": title.line,
    }


def finance_row(source: Row, row: FinanceRow) -> Row:
    """Return the row of one flow of one line of the cost table."""
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


def year_row(source: Row, row: YearRow) -> Row:
    """Return the row of an amount of another year."""
    status = "reported" if row.printed else "partially_reported"
    return {
        **source,
        "line_item": row.line_item,
        "flow": row.flow,
        "is_total": row.is_total,
        "amount_year": row.year,
        "phase": row.phase,
        "phase_basis": "stated" if row.stated else "not_stated",
        "amount_keur": row.amount,
        "value_status": "not_captured" if row.amount is None else status,
        "source_line": row.line,
    }


def reserve_row(source: Row, row: Reserve) -> Row:
    """Return the row of a reserve."""
    return {
        **source,
        "reserve_name": row.name,
        **{f"{column}_keur": value for column, value in row.amounts.items()},
        "value_status": "reported" if row.printed else "partially_reported",
        "source_line": row.line,
    }


def node_row(source: Row, order: int, node: GoalNode) -> Row:
    """Return the row of one node of the goal tree."""
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


def indicator_row(source: Row, row: Indicator) -> Row:
    """Return the row of one own indicator."""
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
    """Say why there is no target where the score has this status: a target is not measured."""
    return "not_captured" if status == "not_captured" else "not_published"


def statutory_row(source: Row, row: Statutory) -> Row:
    """Return the row of one statutory indicator."""
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


def point_row(source: Row, point: Point, has_status: bool) -> Row:
    """Return the row of one action point; `has_status`: the source shows a status as an icon."""
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


def explanation_row(source: Row, number: int, row: Explanation) -> Row:
    """Return the row of one explained amount."""
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


def forecast_row(source: Row, row: Forecast) -> Row:
    """Return the row of one earlier forecast."""
    return {
        **source,
        "stage": row.stage,
        "line_item": row.line_item,
        "forecast_keur": row.keur,
        "forecast_text": row.text,
        "rounded_to_keur": row.rounded_to,
        "hedge": row.hedge,
        "budget_basis": "not_stated",
        "basis": "printed",
        "value_status": "reported",
        "source_line": row.line,
    }


def fact_row(source: Row, number: int, fact: Fact) -> Row:
    """Return the row of one other fact; an amount to the cent (a tariff) is in euro."""
    to_the_cent = fact.value is not None and fact.value != round(fact.value, 3)
    factor, unit = (1000, "euro") if to_the_cent else (1, "keur")
    return {
        **source,
        "fact_no": number,
        "kind": fact.kind,
        "code": fact.code,
        "title": fact.title,
        "party_role": "verbonden_partij" if fact.kind == "affiliated_party" else "",
        "objective_code": fact.objective,
        "products": fact.products,
        "value": None if fact.value is None else fact.value * factor,
        "unit": "" if fact.value is None else unit,
        "rounded_to": None if fact.rounded_to is None else fact.rounded_to * factor,
        "hedge": fact.hedge,
        "value_text": fact.text,
        "value_status": "reported" if fact.value is not None else "not_applicable",
        "source_line": fact.line,
    }
