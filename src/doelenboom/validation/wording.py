"""What Great Expectations found, in short words for a reader; broken told from failed.

No verdict is made here, and nothing is read from the candidate.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from doelenboom.errors import in_one_line

if TYPE_CHECKING:
    from great_expectations.core import ExpectationValidationResult

_LONGEST = 200
_DRIVER_PREFIX = re.compile(r"^\(\w{1,60}\.\w{1,60}\) |^Error: ")


def shortened(text: str) -> str:
    """Give the text on one line, at most 200 characters."""
    return in_one_line(text, _LONGEST)


def exception_message(result: "ExpectationValidationResult") -> str | None:
    """Give the first line of what the check raised; None where it ran.

    `exception_info` is either one report or a dict of such reports by metric.
    """
    info: Mapping[str, Any] = result.exception_info or {}
    reports = [info] if "raised_exception" in info else list(info.values())
    raised = [report for report in reports if report.get("raised_exception")]
    if not raised:
        return None
    lines = str(raised[0].get("exception_message") or "unknown exception").splitlines()
    return shortened(_DRIVER_PREFIX.sub("", lines[0]))


def observed(result: "ExpectationValidationResult") -> str:
    """Say what a check that ran has seen: offending values, offending rows or one figure."""
    found: Mapping[str, Any] = result.result
    kind = str(result.expectation_config.type) if result.expectation_config else ""
    if "unexpected_count" in found:
        return _values(found)
    value = found.get("observed_value")
    if kind == "unexpected_rows_expectation":
        return _count(int(value or 0), "offending row")
    if kind.startswith("expect_table_row_count"):
        return _count(int(value or 0), "row")
    if missing := found.get("partial_missing_list"):
        return shortened(f"without {', '.join(map(str, missing))}")
    if value is None:
        return "no values"
    return f"{value:.4g}" if isinstance(value, float) else shortened(str(value))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _values(found: Mapping[str, Any]) -> str:
    wrong, total = int(found["unexpected_count"] or 0), int(found["element_count"] or 0)
    if not wrong:
        return f"none wrong of {_count(total, 'value')}"
    examples = [
        str(value) for value in found.get("partial_unexpected_list", []) if value is not None
    ]
    such = f", such as {', '.join(dict.fromkeys(examples))}" if examples else ""
    return shortened(f"{wrong} of {_count(total, 'value')} wrong{such}")
