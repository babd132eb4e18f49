"""Which parts a chapter prints: one row for each that it may print, with how many rows were read.

What was not found is said to be not published, with a reason that asks a person to look.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from doelenboom.codes import codes
from doelenboom.sources.accounts.extraction.package.rows import Row

PARTS = codes("chapter_part")
_PHASES = codes("phase_of_amount")
_OF_ONE_PART = {
    "indicators": "own_indicator",
    "statutory_indicators": "statutory_indicator",
    "action_points": "action_point",
    "forecasts": "forecast",
}


def table_of_part(part: str) -> str:
    """Name the table of the package whose rows are this part of a chapter."""
    if part == "cost_line" or part.startswith("total_") or part in _PHASES:
        return "programme_finance"
    if part in codes("node_type_of_tree"):
        return "goal_tree"
    if part.startswith("explanation_"):
        return "variance_explanations"
    if part.startswith("fact_"):
        return "chapter_facts"
    return next(table for table, only in _OF_ONE_PART.items() if only == part)


def part_rows(source: Row, tables: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Return the row of each part of a chapter whose rows are `tables`."""
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for table, rows in tables.items():
        for row in rows:
            for part in parts_of(table, row):
                lines[part].append(row["source_line"])
    return [
        {
            **source,
            "part": part,
            "rows_n": len(lines[part]),
            "value_status": "reported" if lines[part] else "not_published",
            "status_reason": "" if lines[part] else "Bij het inlezen niet gevonden",
            "source_line": min(lines[part], default=1),
        }
        for part in PARTS
    ]


def parts_of(table: str, row: Mapping[str, Any]) -> Iterator[str]:
    """Name the parts that a row belongs to: an amount of the cost table is of its phase as well."""
    match table:
        case "programme_finance":
            yield f"total_{row['flow']}" if row["is_total"] else "cost_line"
            yield from (phase for phase in _PHASES if row[f"{phase}_keur"] is not None)
        case "goal_tree":
            yield row["node_type"]
        case "variance_explanations":
            is_component = row["role"] == "component"
            yield "explanation_component" if is_component else "explanation_other"
        case "chapter_facts":
            kind = f"fact_{row['kind']}"
            yield kind if kind in PARTS else "fact_other"
        case _ if table in _OF_ONE_PART:
            yield _OF_ONE_PART[table]
