"""Budgets and annual accounts that Iv3 does not have of a municipality, as check results.

Reads the candidate; what counts as delivered is decided in the models.
"""

from pathlib import Path

from doelenboom.codes import codes, labels_nl, reference_rows
from doelenboom.validation.candidates import with_marts
from doelenboom.validation.explaining import explanation
from doelenboom.validation.outcomes import CheckResult, Status

MARTS = ("dim_municipality_current", "iv3_deliveries", "municipality_changes")
DELIVERED = "every_report_is_delivered"
OWN = "every_report_holds_its_own_figures"

# A report that most did not deliver is not due yet. New municipalities often have no budget of
# their first year, those that end no accounts of their last.
MISSING = """
    with
    deliveries as (
        select
            *,
            avg(is_delivered::integer) over (partition by fiscal_year, report) as delivered_share
        from marts.iv3_deliveries
        where list_contains($1, report)
    ),
    changed as (
        select
            predecessor_code as municipality_code,
            'accounts' as report,
            year(effective_date - interval 1 day) as fiscal_year,
            year(effective_date) as change_year
        from marts.municipality_changes
        union
        select successor_code, 'budget', year(effective_date), year(effective_date)
        from marts.municipality_changes
    )
    select
        deliveries.municipality_code,
        coalesce(names.municipality_name, deliveries.municipality_code),
        deliveries.fiscal_year,
        deliveries.report,
        changed.change_year
    from deliveries
    left join changed
        on deliveries.municipality_code = changed.municipality_code
        and deliveries.fiscal_year = changed.fiscal_year
        and deliveries.report = changed.report
    left join marts.dim_municipality_current as names
        on deliveries.municipality_code = names.municipality_code
    where not deliveries.is_delivered and deliveries.delivered_share >= 0.5
    order by deliveries.municipality_code, deliveries.fiscal_year, deliveries.report
"""


def delivery_checks(candidate: Path) -> list[CheckResult]:
    """Give one check result per budget or accounts that was not delivered, or is another's.

    It is for information where a change of boundaries explains it. None where the marts that
    tell are not there.
    """
    with with_marts(candidate, MARTS) as connection:
        if connection is None:
            return []
        rows = connection.execute(MISSING, [list(codes("report_of_comparison"))]).fetchall()
    return [_missing(*row) for row in rows]


def _missing(code: str, name: str, year: int, report: str, change_year: int | None) -> CheckResult:
    finding = _findings_of_others().get((code, str(year), report))
    check = DELIVERED if finding is None else OWN
    status: Status = "info" if finding is None and change_year else "warn"
    return CheckResult(
        check,
        f"{code} {year} {report}",
        "warn",
        status,
        "not delivered" if finding is None else "figures of another",
        "delivered" if finding is None else "its own figures",
        explanation=explanation(
            "expectation",
            check,
            status,
            gemeente=name,
            jaar=year,
            verslag=labels_nl("report")[report],
            jaar_herindeling=change_year,
            bevinding=finding,
        ),
    )


def _findings_of_others() -> dict[tuple[str, str, str], str]:
    """Read what was found of reports that hold another's figures: municipality, year, report."""
    return {
        (row["municipality_code"], row["fiscal_year"], row["report"]): row["finding"]
        for row in reference_rows("iv3_faults")
    }
