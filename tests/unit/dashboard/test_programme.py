"""A row of the cost table leads to where its amounts are printed."""

from types import SimpleNamespace
from typing import Any, cast

from dashboard import programme as module
from dashboard.programme import FLOWS, KEY, PHASES


def test_a_phase_that_is_not_printed_leads_nowhere() -> None:
    result: dict[str, Any] = {f"{flow}_{phase}_keur": None for flow in FLOWS for phase in PHASES}
    result |= {"municipality_code": "GM0141", "fiscal_year": 2018, "programme_code": "4"}
    result["expenses_actual_keur"] = 3500
    row_key = " ".join(f"{column}={result[column]}" for column in KEY)
    lines = {
        (row_key, "expenses_original_budget_keur"): ("page.html", 1),
        (row_key, "expenses_actual_keur"): ("page.html", 28),
    }
    (line,) = module._lines(result, cast(Any, SimpleNamespace(lines=lines)))
    assert (line.source_document, line.source_line) == ("page.html", 28)
