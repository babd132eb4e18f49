"""What dbt proved, as check results: each data test, and what the contract of a table enforces.

May not know Dagster's assets, and reads no database: dbt's results say how many rows there were.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from doelenboom.validation.outcomes import CheckResult, Status
from orchestration.dbt import NodeResult, constrained
from orchestration.naming import subject_and_owner

CONSTRAINTS = "keys_and_filled_columns"
_STATUS: Mapping[str, Status] = {"pass": "pass", "warn": "fail", "fail": "fail"}


def dbt_checks(manifest: Mapping[str, Any], results: Sequence[NodeResult]) -> Iterator[CheckResult]:
    """Give the check results of a build.

    One per data test, and one per table whose contract names a key or columns that are never
    empty: DuckDB refuses rows that break them, so a table that stands holds them all.
    """
    for result in results:
        if result.is_test:
            yield _test(manifest, result)
        elif result.resource_type == "model" and result.status == "success":
            yield from _constraints(manifest, result)


def _test(manifest: Mapping[str, Any], result: NodeResult) -> CheckResult:
    subject, owner = subject_and_owner(manifest, result.about)
    such = f", such as {result.message}" if result.failures else ""
    return CheckResult(
        result.name,
        subject,
        result.severity,
        _STATUS.get(result.status, "broken"),
        f"{result.failures or 0} offenders among {_rows(result)}{such}",
        "0 offenders",
        kind="dbt",
        owner=owner,
    )


def _constraints(manifest: Mapping[str, Any], result: NodeResult) -> Iterator[CheckResult]:
    node = manifest["nodes"][result.unique_id]
    key, filled = constrained(node)
    if node["config"]["materialized"] != "table" or not (key or filled):
        return
    subject, owner = subject_and_owner(manifest, result.unique_id)
    once = [f"each ({', '.join(key)}) once"] if key else []
    yield CheckResult(
        CONSTRAINTS,
        subject,
        "error",
        "pass",
        f"0 offenders among {_rows(result)}",
        " and ".join([*once, f"nothing empty in {', '.join(filled)}"]),
        kind="dbt",
        owner=owner,
    )


def _rows(result: NodeResult) -> str:
    return "rows that nobody counted" if result.examined is None else f"{result.examined} rows"
