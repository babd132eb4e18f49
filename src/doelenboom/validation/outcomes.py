"""What a check found, as plain values; and the one sentence that stops a publication.

Nothing in this module imports Great Expectations, so that it can be read cheaply.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warn"]
Status = Literal["pass", "fail", "broken"]

_VERB: dict[Status, str] = {"pass": "passed", "fail": "failed", "broken": "could not be made"}


@dataclass(frozen=True)
class CheckOutcome:
    """One check on one table of the candidate.

    `status` is `broken` where the check itself raised (a column or table that is missing, SQL
    that does not run): that says nothing about the data, and is always an error.
    """

    check_name: str
    subject: str
    severity: Severity
    status: Status
    observed: str
    expected: str

    @property
    def blocks(self) -> bool:
        """Whether this outcome keeps the candidate from being published."""
        return self.status != "pass" and self.severity == "error"


def blocking_sentence(outcomes: Sequence[CheckOutcome]) -> str | None:
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
        f"{found}{more}; nothing was published"
    )
