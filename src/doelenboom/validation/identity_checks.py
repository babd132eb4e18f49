"""The identities of `marts.reconciliation` as checks, beside those of dbt and the expectations.

Reads the candidate; the status of an identity is decided in the models.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from doelenboom.codes import labels_nl
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

_OUTCOME: Mapping[str, Status] = {
    "holds": "pass",
    "rounding": "pass",
    "bridged": "pass",
    "undecidable": "info",
    "moments_differ": "info",
    "scope_differs": "warn",
    "contradiction": "warn",
    "not_reconciled": "fail",
}
"""A difference that a reviewer has judged is told and blocks nothing. That two moments or two
lists differ is no fault of either."""

_ASK = "Noem dit verschil als u de cijfers gebruikt, en vraag de gemeente wat klopt."
_ADVICE: Mapping[str, str] = {
    "holds": "Dat klopt: u kunt de cijfers gebruiken en hoeft niets te doen.",
    "rounding": "U kunt de cijfers gebruiken en hoeft niets te doen.",
    "bridged": "Noem die post als u beide naast elkaar zet.",
    "undecidable": "Verbind aan dit verschil geen conclusie.",
    "moments_differ": "Noem bij het cijfer over welk moment of welke opsomming het gaat.",
    "scope_differs": _ASK,
    "contradiction": _ASK,
    "not_reconciled": _ASK,
}


def identity_checks(candidate: Path) -> list[CheckResult]:
    """Give one check result per identity; none where no mart holds identities."""
    with duckdb.connect(str(candidate), read_only=True) as connection:
        marts = connection.execute(
            "select 1 from duckdb_tables()"
            " where schema_name = 'marts' and table_name = 'reconciliation'"
        ).fetchall()
        if not marts:
            return []
        found = connection.execute(IDENTITIES)
        names = [column[0] for column in found.description or []]
        return [_check(dict(zip(names, row, strict=True))) for row in found.fetchall()]


def _check(row: Mapping[str, Any]) -> CheckResult:
    return CheckResult(
        row["identity"],
        " ".join(filter(None, (row["programme"], row["subject"], row["phase"]))),
        "warn",
        _OUTCOME[row["status"]],
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
        _ADVICE[row["status"]],
        f"De gemeente antwoordde: {answer}" if answer else "",
    )
    return " ".join(filter(None, sentences))
