"""One check of Dagster for many single results: a verdict, a sentence and a table of them.

The single results are kept where readers find them, in `marts.data_quality` and `validation.json`.
"""

from collections.abc import Sequence
from typing import Any

import dagster as dg

from doelenboom.validation.outcomes import CheckResult


def tell_check(
    context: dg.AssetExecutionContext, key: dg.AssetCheckKey, results: Sequence[CheckResult]
) -> dg.AssetCheckResult | dg.AssetCheckEvaluation:
    """Tell Dagster what came of the single checks that it knows as one.

    A check that the run selected is a result of its step. The nightly job selects none, because
    planning each and storing its output are two events more: it tells the evaluation alone.
    """
    wrong = [result for result in results if result.asks_attention]
    stops = any(result.severity == "error" for result in wrong)
    severity = dg.AssetCheckSeverity.ERROR if stops else dg.AssetCheckSeverity.WARN
    sentence = _sentence(results, wrong)
    table = {
        "results": _table([*wrong, *(result for result in results if not result.asks_attention)])
    }
    told: dict[str, Any] = {
        "asset_key": key.asset_key,
        "check_name": key.name,
        "passed": not wrong,
        "severity": severity,
        "description": sentence,
        "metadata": table,
    }
    if key in context.selected_asset_check_keys:
        return dg.AssetCheckResult(**told)
    return dg.AssetCheckEvaluation(**told, blocking=stops)


def _sentence(results: Sequence[CheckResult], wrong: Sequence[CheckResult]) -> str:
    if not wrong:
        return f"all {len(results)} hold"
    first = wrong[0]
    rest = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
    return (
        f"{len(wrong)} of {len(results)} do not hold: {first.check_name} ({first.observed}){rest}"
    )


def _table(results: Sequence[CheckResult]) -> dg.TableMetadataValue:
    names = ("check_name", "status", "severity", "observed", "expected")
    return dg.TableMetadataValue(
        records=[
            dg.TableRecord({name: str(getattr(result, name)) for name in names})
            for result in results
        ],
        schema=dg.TableSchema(columns=[dg.TableColumn(name) for name in names]),
    )
