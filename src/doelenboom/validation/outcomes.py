"""What a check found, as plain values; and the one sentence that stops a publication.

Nothing in this module imports Great Expectations, so that it can be read cheaply.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["dbt", "expectation", "reconciliation", "freshness", "inbox"]
Severity = Literal["error", "warn", "info"]
Status = Literal["pass", "info", "not_applicable", "warn", "fail", "broken"]

SETTLED: frozenset[Status] = frozenset({"pass", "info", "not_applicable"})
"""Outcomes that ask nothing of anybody: all is well, good to know, or no such thing here."""

OWNER = "team:doelenboom"
"""Who looks after a check that has no owner of its own."""

UNPUBLISHED = "; nothing was published"
"""How the sentence ends that says why a night stopped."""

_VERB: dict[Status, str] = {
    "pass": "passed",
    "info": "informed",
    "not_applicable": "did not apply",
    "warn": "warned",
    "fail": "failed",
    "broken": "could not be made",
}


@dataclass(frozen=True)
class CheckResult:
    """What one check found: a row of `marts.data_quality` but for its date.

    `status` is `broken` where the check itself raised (a column or table that is missing, SQL
    that does not run): that says nothing about the data, and is always an error. `explanation`
    says in Dutch what it means for whoever uses the figures.
    """

    check_name: str
    subject: str
    severity: Severity
    status: Status
    observed: str
    expected: str
    kind: Kind = "expectation"
    owner: str = OWNER
    explanation: str = ""

    @property
    def blocks(self) -> bool:
        """Whether this outcome keeps the candidate from being published."""
        return self.asks_attention and self.severity == "error"

    @property
    def asks_attention(self) -> bool:
        """Whether somebody has to look at this outcome."""
        return self.status not in SETTLED


def blocking_sentence(outcomes: Sequence[CheckResult]) -> str | None:
    """Say in one sentence which check stops publication; None where none does.

    The first failed check is named, or the first broken one where none failed, with the number
    of other blocking checks behind it.
    """
    blocking = sorted(
        (outcome for outcome in outcomes if outcome.blocks), key=lambda o: o.status == "broken"
    )
    if not blocking:
        return None
    first, others = blocking[0], len(blocking) - 1
    found = f"observed {first.observed}, expected {first.expected}"
    if first.status == "broken":
        found = first.observed
    more = f" (and {others} more)" if others else ""
    return (
        f"{first.subject}: check '{first.check_name}' {_VERB[first.status]}: "
        f"{found}{more}{UNPUBLISHED}"
    )
