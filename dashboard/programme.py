"""The pages of a programme: the programme itself, its tree, indicators, taakvelden, reliability."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import charts, sentences
from dashboard.addresses import compare_path, line_path, municipality_path, programme_path
from dashboard.compare_municipality import Static
from dashboard.labels import Labels, labels_of
from dashboard.marts import Marts, Row, grouped
from dashboard.menu import Entry
from dashboard.pages import Page, Pages
from dashboard.tables import csv_page

KEY = ("municipality_code", "fiscal_year", "programme_code")

FLOWS = (
    "expenses",
    "revenue",
    "net_cost",
    "transfer_to_reserves",
    "transfer_from_reserves",
    "net_reserve_movement",
    "net_cost_after_reserves",
)
SUMS = ("net_cost", "net_reserve_movement", "net_cost_after_reserves")
PHASES = ("original_budget", "final_budget", "actual", "variance")

ASKING = ("contradiction", "not_reconciled", "scope_differs")
"""How an identity ends that a council should know of."""

VERDICTS = ("met", "missed", "undecided", "not_measured", "not_captured", "not_due", "no_target")

MOST_COMPARED = 2

STEP_COLUMNS = (
    *("step_no", "step_name", "step_kind", "amount_keur", "start_keur", "end_keur"),
    *("source_document", "source_line"),
)
INDICATOR_COLUMNS = (
    *("indicator_code", "indicator_name", "unit", "score_year", "score", "previous_score"),
    *("target", "target_type", "target_year", "margin_of_error", "verdict", "verdict_label"),
    *("value_status", "source_document", "source_line"),
)
EXPLANATION_COLUMNS = (
    *("explanation_no", "role", "subject", "amount_keur", "amount_text", "reason"),
    *("reconciliation", "source_document", "source_line"),
)
PRODUCT_COLUMNS = (
    *("node_type", "node_code", "node_name", "expenses_actual_keur", "revenue_actual_keur"),
    *("value_status", "source_document", "source_line"),
)
RECONCILIATION_COLUMNS = (
    *("identity", "subject", "phase", "left_keur", "right_keur", "difference_keur"),
    *("left_value", "right_value", "unit", "status", "status_label", "explanation"),
    *("source_document", "source_lines"),
)
BRIDGE_COLUMNS = (
    *("product_name", "taakveld_code", "taakveld_name", "flow", "weight", "weight_basis"),
    *("product_keur", "allocated_keur", "iv3_keur", "explanation"),
)

Of = Callable[[str], list[Row]]
"""The rows of a query that are about one programme."""


@dataclass(frozen=True)
class Line:
    """A row of the table of a programme: its amounts by phase, and where it is printed."""

    flow: str
    is_sum: bool
    amounts: Mapping[str, Any]
    source_document: str | None
    source_line: int | None


def pages(marts: Marts, pages: Pages) -> Iterator[Page]:
    """Make the pages and the files of each programme."""
    labels = labels_of(marts)
    lines = _lines_of_results(marts)
    static = Static(marts)
    for result in marts.rows("programme_results"):
        key = tuple(result[column] for column in KEY)

        def of(name: str, key: tuple[Any, ...] = key) -> list[Row]:
            return marts.by(name, *KEY).get(key, [])

        yield from _pages_of(result, of, marts, Shared(pages, labels, lines, static))


@dataclass(frozen=True)
class Shared:
    """What the pages of all programmes have in common."""

    pages: Pages
    labels: Labels
    lines: Mapping[tuple[str, str], tuple[str, int]]
    compared: Static


def _pages_of(result: Row, of: Of, marts: Marts, shared: Shared) -> Iterator[Page]:
    steps, components = of("programme_steps"), of("variance_explanations")
    own = [row for row in of("indicator_results") if row["indicator_kind"] == "own"]
    fields = _fields(result, of, marts, shared)
    kinds = {
        "programma": _programme_fields(result, of, own, marts, shared),
        "doelenboom": _tree_fields(of),
        "indicatoren": _indicator_fields(of, own),
        "betrouwbaarheid": {"checks": of("reconciliation"), "asking": ASKING},
    }
    if of("programme_taakveld_bridge"):
        kinds["taakvelden"] = _taakveld_fields(result, of, marts)
    for kind, more in kinds.items():
        path = programme_path(result, kind)
        yield shared.pages.page(f"{kind}.html", path, **fields, **more)
    for name, columns, rows in (
        ("stappen", STEP_COLUMNS, steps),
        ("verklaringen", EXPLANATION_COLUMNS, components),
        ("indicatoren", INDICATOR_COLUMNS, own),
        ("aansluitingen", RECONCILIATION_COLUMNS, of("reconciliation")),
        ("taakvelden", BRIDGE_COLUMNS, of("programme_taakveld_bridge")),
    ):
        if rows:
            yield csv_page(file_path(result, name, "csv"), columns, rows)
    yield csv_page(
        file_path(result, "regels", "csv"),
        ("flow", *PHASES, "source_document", "source_line"),
        [
            {
                **{phase: line.amounts[phase] for phase in PHASES},
                "flow": line.flow,
                "source_document": line.source_document,
                "source_line": line.source_line,
            }
            for line in _lines(result, shared)
        ],
    )
    yield csv_page(
        file_path(result, "producten", "csv"),
        PRODUCT_COLUMNS,
        of("goal_tree"),
    )
    if any(step["amount_keur"] is not None for step in steps):
        yield shared.pages.page(
            "waterfall.svg", file_path(result, "stappen", "svg"), **fields, **_steps(steps)
        )


def file_path(result: Row, name: str, ending: str) -> str:
    """Name a file to take along of a programme."""
    return programme_path(result, name).removesuffix(".html") + f".{ending}"


def menu_of(result: Row, bridged: bool) -> tuple[Entry, ...]:
    """Offer the pages of one programme."""
    words = [
        Entry("Programma", programme_path(result)),
        Entry("Doelenboom", programme_path(result, "doelenboom")),
        Entry("Indicatoren", programme_path(result, "indicatoren")),
        Entry("Vergelijken", compare_path(result["municipality_code"])),
        Entry("Taakvelden", programme_path(result, "taakvelden")),
        Entry("Betrouwbaarheid", programme_path(result, "betrouwbaarheid")),
    ]
    return tuple(entry for entry in words if bridged or entry.word != "Taakvelden")


def _fields(result: Row, of: Of, marts: Marts, shared: Shared) -> dict[str, Any]:
    """Give what every page of a programme shows."""
    documents = {row["source_document"]: row for row in marts.rows("documents")}
    printed = next((line for line in _lines(result, shared) if line.source_document), None)
    return {
        "menu": menu_of(result, bool(of("programme_taakveld_bridge"))),
        "result": result,
        "document": documents.get(printed.source_document) if printed else None,
        "labels": shared.labels,
        "line_path": line_path,
        "compare_path": compare_path,
        "municipality_path": municipality_path,
        "programme_path": programme_path,
        "file_path": file_path,
        "sentences": sentences,
    }


def _programme_fields(
    result: Row, of: Of, own: list[Row], marts: Marts, shared: Shared
) -> dict[str, Any]:
    by_verdict = {code: [row for row in own if row["verdict"] == code] for code in VERDICTS}
    checks = of("reconciliation")
    told = variance_rows(of("variance_explanations"))
    return {
        **_steps(of("programme_steps")),
        **_products(of),
        "compared": shared.compared.comparable(
            result["municipality_code"], result["fiscal_year"], _clusters(result, of, marts)
        )[:MOST_COMPARED],
        "verdicts": {code: rows for code, rows in by_verdict.items() if rows},
        "own": own,
        "questions": of("programme_questions"),
        "course": list(sentences.course(of("budget_steps"), of("forecasts"))),
        "coverage": of("indicator_coverage"),
        "unknown": list(_unknown(of, shared.labels)),
        "components": told,
        "checks": checks,
        "asking": [row for row in checks if row["status"] in ASKING],
        "check_counts": _counted(checks, "status_label"),
        "lines": _lines(result, shared),
        "phases": PHASES,
        "intervals": {row["indicator_code"]: charts.interval(row) for row in own},
    }


def _clusters(result: Row, of: Of, marts: Marts) -> list[str]:
    """Name the clusters that the products of a programme belong to, the most money first."""
    cluster_of = {
        row["taakveld_code"]: row["cluster_code"]
        for row in marts.rows("taakvelden")
        if row["valid_from"].year <= result["fiscal_year"]
        and (row["valid_to"] is None or row["valid_to"].year >= result["fiscal_year"])
    }
    largest = sorted(
        (row for row in of("programme_taakveld_bridge") if row["allocated_keur"] is not None),
        key=lambda row: -row["allocated_keur"],
    )
    clusters = (cluster_of.get(row["taakveld_code"]) for row in largest)
    return list(dict.fromkeys(cluster for cluster in clusters if cluster))


def variance_rows(rows: Sequence[Row]) -> list[tuple[Row, list[Row]]]:
    """Give each component of an explanation with the parts that are told of it."""
    parts: dict[int, list[Row]] = {}
    for row in rows:
        if row["role"] == "sub_component":
            parts.setdefault(row["parent_explanation_no"], []).append(row)
    return [
        (row, parts.get(row["explanation_no"], [])) for row in rows if row["role"] == "component"
    ]


def _steps(steps: Sequence[Row]) -> dict[str, Any]:
    if not any(step["amount_keur"] is not None for step in steps):
        return {"steps": [], "axis": None, "rounding": None}
    axis, laid_out = charts.waterfall(steps)
    rounded = [index for index, row in enumerate(steps) if row["rounding_keur"]]
    return {
        "steps": list(zip(steps, laid_out, strict=True)),
        "axis": axis,
        "rounding": (steps[rounded[-1] - 1], steps[rounded[-1]]) if rounded else None,
    }


def _products(of: Of) -> dict[str, Any]:
    """Group products under the objective that they hang under, each with its bar."""
    nodes = {row["node_id"]: row for row in of("goal_tree")}
    products = sorted(
        (row for row in nodes.values() if row["node_type"] == "product"),
        key=lambda row: (row["expenses_actual_keur"] is None, -(row["expenses_actual_keur"] or 0)),
    )
    axis, laid_out = charts.bars(row["expenses_actual_keur"] for row in products)
    groups: dict[str, list[tuple[Row, charts.Bar | None]]] = {}
    for row, bar in zip(products, laid_out, strict=True):
        above = row
        while above["node_type"] != "objective" and above["parent_node_id"] in nodes:
            above = nodes[above["parent_node_id"]]
        groups.setdefault(above["node_id"], []).append((row, bar))
    return {
        "product_groups": [
            (row, groups[row["node_id"]]) for row in nodes.values() if row["node_id"] in groups
        ],
        "product_axis": axis,
        "root": next((row for row in nodes.values() if row["node_type"] == "programme"), None),
    }


def _tree_fields(of: Of) -> dict[str, Any]:
    rows = of("goal_tree")
    products = [row for row in rows if row["node_type"] == "product"]
    axis, laid_out = charts.bars(row["expenses_actual_keur"] for row in products)
    below: dict[str | None, list[Row]] = {}
    for row in rows:
        below.setdefault(row["parent_node_id"], []).append(row)
    indicators: dict[str | None, list[Row]] = {}
    for row in of("indicator_results"):
        if row["indicator_kind"] == "own":
            code = row["objective_code_via_theme"] or row["objective_code_printed"]
            indicators.setdefault(code, []).append(row)
    actions: dict[str | None, list[Row]] = {}
    for row in of("action_points"):
        actions.setdefault(row["objective_code"], []).append(row)
    return {
        "below": below,
        "tree_axis": axis,
        "bar_of": {row["node_id"]: bar for row, bar in zip(products, laid_out, strict=True)},
        "indicators_of": indicators,
        "actions_of": actions,
    }


def _indicator_fields(of: Of, own: list[Row]) -> dict[str, Any]:
    return {
        "own": own,
        "statutory": [row for row in of("indicator_results") if row["indicator_kind"] != "own"],
        "intervals": {row["indicator_code"]: charts.interval(row) for row in own},
        "coverage": of("indicator_coverage"),
    }


def _taakveld_fields(result: Row, of: Of, marts: Marts) -> dict[str, Any]:
    year = (result["municipality_code"], result["fiscal_year"])
    bridge = of("programme_taakveld_bridge")
    covered = marts.by("taakveld_bridge_coverage", "municipality_code", "fiscal_year")
    return {
        "products": grouped(bridge, "product_name", "flow"),
        "taakvelden": [row for row in covered.get(year, []) if row["flow"] == "expenses"],
    }


def _lines(result: Row, shared: Shared) -> list[Line]:
    """Give the rows of the cost table of a programme, each with where its amounts are printed."""
    row_key = " ".join(f"{column}={result[column]}" for column in KEY)
    found = []
    for flow in FLOWS:
        amounts = {phase: result[f"{flow}_{phase}_keur"] for phase in PHASES}
        printed = (phase for phase in PHASES if amounts[phase] is not None)
        places = (shared.lines.get((row_key, f"{flow}_{phase}_keur")) for phase in printed)
        place = next(filter(None, places), (None, None))
        found.append(Line(flow, flow in SUMS, amounts, *place))
    return [line for line in found if any(amount is not None for amount in line.amounts.values())]


def _lines_of_results(marts: Marts) -> dict[tuple[str, str], tuple[str, int]]:
    """Say on which line each figure of a programme is printed, where that is one."""
    return {
        (row["row_key"], row["column_name"]): (row["source_document"], int(row["source_lines"]))
        for row in marts.rows("lines_of_results")
        if row["source_lines"].isdecimal()
    }


def _unknown(of: Of, labels: Labels) -> Iterator[tuple[str, str]]:
    """Say what is missing, and why: in what was not published, not measured or not captured."""
    for part in of("chapter_parts"):
        if part["value_status"] not in ("reported", "not_applicable") and part["status_reason"]:
            yield labels["chapter_part"][part["part"]].capitalize(), part["status_reason"]
    for name, query, named in (
        ("indicatoren", "indicator_results", "indicator_name"),
        ("onderdelen van de doelenboom", "goal_tree", "node_name"),
        ("actiepunten", "action_points", "title"),
    ):
        reasons: dict[str, list[str]] = {}
        for row in of(query):
            if row["status_reason"]:
                reasons.setdefault(row["status_reason"], []).append(row[named])
        for reason, members in sorted(reasons.items(), key=lambda told: -len(told[1])):
            about = members[0] if len(members) == 1 else f"{len(members)} {name}"
            yield about, reason


def _counted(rows: Sequence[Row], column: str) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row[column]] = counts.get(row[column], 0) + 1
    return list(counts.items())
