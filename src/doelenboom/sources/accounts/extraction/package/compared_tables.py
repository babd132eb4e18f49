"""How each table of the accounts package is compared: its key, and what is said of each column.

Every column of the package stands here once, as a test proves. Reads no file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from doelenboom.codes import codes

WHOLE_ROW = "*"
"""Stands for the column where one side lacks a row."""

PLACE = ("municipality_code", "fiscal_year", "programme_code", "source_document")
"""Columns that every table has."""


@dataclass(frozen=True)
class ComparedTable:
    """A table that is compared: the columns that tell its rows apart, and what the others are.

    `money` and `printed` must be equal. `judged` are judged by a person: extraction gives the
    same, or the value that claims least, which stands beside the column. `own_words` are ours.
    `only` names the rows that are compared, by the values of a column.
    """

    table: str
    key: tuple[str, ...]
    money: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    judged: Mapping[str, str] = field(default_factory=dict)
    own_words: tuple[str, ...] = ()
    only: tuple[str, tuple[str, ...]] | None = None
    is_scored: bool = True

    @property
    def compared(self) -> tuple[str, ...]:
        """The columns that are compared."""
        return (*PLACE, *self.money, *self.printed, *self.judged)

    def takes(self, row: Mapping[str, Any]) -> bool:
        """Say whether a row is compared."""
        return self.only is None or row[self.only[0]] in self.only[1]


_OF_A_FACT = ("code", "objective_code", "products", "party_role", "value_status")
_JUDGED_OF_A_FACT = {
    "part_of_fact_no": "",
    "reference_year": "",
    "reference_from": "",
    "reference_to": "",
}
_COUNTED = ("forecast", "fact_amount", "fact_claim", "fact_priority", "fact_other")
"""Parts that count tables of which every row is compared, or left out, by itself."""

TABLES = (
    ComparedTable(
        "programmes",
        (),
        printed=("programme_name", "portfolio_holder", "value_status", "source_line"),
        judged={"document_type": "", "document_status": ""},
        own_words=("status_reason",),
        is_scored=False,
    ),
    ComparedTable(
        "documents",
        ("name",),
        printed=("title", "address", "sha256", "line_count", "source_line"),
        is_scored=False,
    ),
    ComparedTable(
        "programme_finance",
        ("line_item", "flow"),
        ("original_budget_keur", "final_budget_keur", "actual_keur", "variance_keur"),
        ("is_total", "value_status", "source_line"),
    ),
    ComparedTable(
        "budget_years",
        ("line_item", "flow", "amount_year", "phase"),
        ("amount_keur",),
        ("is_total", "phase_basis", "value_status", "source_line"),
        is_scored=False,
    ),
    ComparedTable(
        "reserves",
        ("reserve_name",),
        ("opening_keur", "interest_keur", "added_keur", "withdrawn_keur", "closing_keur"),
        ("value_status", "source_line"),
        is_scored=False,
    ),
    ComparedTable(
        "goal_tree",
        ("node_type", "node_name"),
        ("expenses_actual_keur", "revenue_actual_keur"),
        (
            *("node_code", "parent_node_code", "sort_order", "value_status", "source_line"),
            "revenue_source_line",
        ),
        own_words=("status_reason",),
    ),
    ComparedTable(
        "indicators",
        ("indicator_code",),
        (),
        (
            *("indicator_name", "objective_code_printed", "theme_code", "unit", "score_year"),
            *("score", "previous_score", "target", "target_status", "target_year"),
            *("margin_of_error", "confidence_level", "margin_status", "verdict_stated"),
            *("value_status", "continued", "source_line", "verdict_source_line"),
        ),
        judged={
            "products": "",
            "direction": "none",
            "direction_basis": "ours",
            "measurement_period": "",
            "target_type": "",
            "target_condition": "",
            "measurement_basis": "unknown",
            "change_stated": "",
            "change_source_line": "",
        },
        own_words=("status_reason",),
    ),
    ComparedTable(
        "statutory_indicators",
        ("indicator_code",),
        (),
        (
            *("policy_field", "indicator_name", "unit", "score_year", "score", "score_source"),
            *("target", "target_status", "target_year", "target_type", "margin_of_error"),
            *("confidence_level", "margin_status", "value_status", "source_line"),
        ),
        judged={"measurement_basis": "unknown"},
        own_words=("status_reason",),
    ),
    ComparedTable(
        "action_points",
        ("action_code",),
        ("savings_target_keur",),
        (
            *("theme_code", "objective_code", "status_interim", "status_final", "value_status"),
            *("source_line", "explanation_source_line"),
        ),
        judged={
            "partner": "",
            "deadline": "",
            "status_from_text": "",
            "carried_over": "",
            "savings_realised": "",
        },
        own_words=("title", "explanation", "status_reason"),
    ),
    ComparedTable(
        "variance_explanations",
        ("source_line", "amount_text"),
        ("amount_keur", "rounded_to_keur"),
        (
            *("explanation_no", "role", "parent_explanation_no", "hedge", "nature", "line_item"),
            "value_status",
        ),
        judged={"flows": ""},
        own_words=("subject", "reason"),
    ),
    ComparedTable(
        "forecasts",
        ("stage",),
        ("forecast_keur", "rounded_to_keur"),
        ("line_item", "hedge", "basis", "value_status", "source_line"),
        judged={"budget_basis": "not_stated", "budget_added_keur": ""},
        own_words=("forecast_text",),
        is_scored=False,
    ),
    ComparedTable(
        "chapter_facts",
        ("kind", "source_line", "value"),
        (),
        (*_OF_A_FACT, "hedge", "unit", "rounded_to"),
        judged=_JUDGED_OF_A_FACT,
        own_words=("fact_no", "title", "value_text"),
        only=("kind", ("amount",)),
        is_scored=False,
    ),
    ComparedTable(
        "chapter_facts",
        ("kind", "source_line", "title"),
        (),
        (*_OF_A_FACT, "value", "value_text", "hedge", "unit", "rounded_to"),
        judged=_JUDGED_OF_A_FACT,
        own_words=("fact_no",),
        only=("kind", ("priority", "project", "investment_programme", "affiliated_party")),
        is_scored=False,
    ),
    ComparedTable(
        "chapter_parts",
        ("part",),
        printed=("rows_n", "value_status", "source_line"),
        own_words=("status_reason",),
        only=("part", tuple(part for part in codes("chapter_part") if part not in _COUNTED)),
        is_scored=False,
    ),
)
"""The tables of the package. Numbers and texts of a fact are ours: what stands in a file, and how
much of a sentence is quoted."""

BY_A_PERSON = ("claim", "partner", "other_party", "listed_item")
"""Kinds of facts that extraction does not look for."""
