"""What is known of the freshness of landed data, as check results.

They warn and never block: older figures are still figures.
"""

from collections.abc import Iterable

from doelenboom.landing.freshness import Freshness
from doelenboom.validation.outcomes import CheckResult


def freshness_checks(found: Iterable[Freshness]) -> list[CheckResult]:
    """Give one check result per dataset of CBS that a source was ever asked for."""
    return [
        CheckResult(
            f"cbs_{item.dataset}_is_fresh",
            f"cbs.{item.dataset}",
            "warn",
            item.status,
            item.observed,
            item.expected,
            kind="freshness",
        )
        for item in found
    ]
