"""The identities of `marts.reconciliation` as checks, beside those of dbt and the expectations.

Reads the candidate; the status of an identity is decided in the models.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from doelenboom.codes import labels_nl, reference_rows
from doelenboom.validation.candidates import with_marts
from doelenboom.validation.outcomes import CheckResult, Status

IDENTITIES = """
    select
        identity,
        concat_ws(' ', municipality_code, fiscal_year, programme_code) as programme,
        subject,
        nullif(phase, 'not_applicable') as phase,
        status,
        cast(coalesce(left_keur, left_value) as varchar) || ' ' || unit as observed,
        cast(coalesce(right_keur, right_value) as varchar) || ' ' || unit as expected,
        explanation,
        municipality_response
    from marts.reconciliation
    order by identity, programme, subject, phase
"""


class _Outcome(NamedTuple):
    """What a status of an identity comes to: a difference that a person judged blocks nothing."""

    check_status: Status
    advice: str


def identity_checks(candidate: Path) -> list[CheckResult]:
    """Give one check result per identity; none where no mart holds identities."""
    with with_marts(candidate, ("reconciliation",)) as connection:
        if connection is None:
            return []
        found = connection.execute(IDENTITIES)
        names = [column[0] for column in found.description or []]
        return [_check(dict(zip(names, row, strict=True))) for row in found.fetchall()]


def _check(row: Mapping[str, Any]) -> CheckResult:
    return CheckResult(
        row["identity"],
        " ".join(filter(None, (row["programme"], row["subject"], row["phase"]))),
        "warn",
        _outcomes()[row["status"]].check_status,
        row["observed"],
        row["expected"],
        kind="reconciliation",
        explanation=_explanation(row),
    )


def _explanation(row: Mapping[str, Any]) -> str:
    about = row["subject"]
    if row["phase"]:
        about += f" ({labels_nl('phase')[row['phase']]})"
    told = (row["explanation"] or "").rstrip(".")
    answer = row["municipality_response"]
    sentences = (
        f"Gecontroleerd is of de jaarstukken met zichzelf kloppen over: {about}.",
        f"{told}." if told else "",
        _outcomes()[row["status"]].advice,
        f"De gemeente antwoordde: {answer}" if answer else "",
    )
    return " ".join(filter(None, sentences))


@cache
def _outcomes() -> Mapping[str, _Outcome]:
    """Read what each status of an identity comes to."""
    return {
        row["reconciliation_status"]: _Outcome(cast(Status, row["check_status"]), row["advice_nl"])
        for row in reference_rows("reconciliation_outcomes")
    }
