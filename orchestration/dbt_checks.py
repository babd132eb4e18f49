"""What dbt proved, as check results: each data test, and what the contract of a table enforces.

May not know Dagster's assets, and reads no database: dbt's results say how many rows there were.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orchestration.dbt import NodeResult, constrained
from orchestration.naming import subject_and_owner

CONSTRAINTS = "keys_and_filled_columns"
_STATUS = {"pass": "pass", "warn": "fail", "fail": "fail"}

Check = dict[str, Any]


def dbt_checks(manifest: Mapping[str, Any], results: Sequence[NodeResult]) -> Iterator[Check]:
    """Give the check results of a build, without their date.

    One per data test, and one per table whose contract names a key or columns that are never
    empty: DuckDB refuses rows that break them, so a table that stands holds them all.
    """
    for result in results:
        if result.is_test:
            yield _test(manifest, result)
        elif result.resource_type == "model" and result.status == "success":
            yield from _constraints(manifest, result)


def _test(manifest: Mapping[str, Any], result: NodeResult) -> Check:
    subject, owner = subject_and_owner(manifest, result.about)
    such = f", such as {result.message}" if result.failures else ""
    return {
        "check_name": result.name,
        "subject": subject,
        "kind": "dbt",
        "severity": result.severity,
        "status": _STATUS.get(result.status, "broken"),
        "observed": f"{result.failures or 0} offenders among {_rows(result)}{such}",
        "expected": "0 offenders",
        "owner": owner,
    }


def _constraints(manifest: Mapping[str, Any], result: NodeResult) -> Iterator[Check]:
    node = manifest["nodes"][result.unique_id]
    key, filled = constrained(node)
    if node["config"]["materialized"] != "table" or not (key or filled):
        return
    subject, owner = subject_and_owner(manifest, result.unique_id)
    once = [f"each ({', '.join(key)}) once"] if key else []
    yield {
        "check_name": CONSTRAINTS,
        "subject": subject,
        "kind": "dbt",
        "severity": "error",
        "status": "pass",
        "observed": f"0 offenders among {_rows(result)}",
        "expected": " and ".join([*once, f"nothing empty in {', '.join(filled)}"]),
        "owner": owner,
    }


def _rows(result: NodeResult) -> str:
    return "rows that nobody counted" if result.examined is None else f"{result.examined} rows"
