"""What dbt proved reaches `data_quality`: tests, and constraints, with the rows they were about."""

from typing import Any

from doelenboom.validation.outcomes import CheckResult
from orchestration.dbt import NodeResult
from orchestration.dbt_checks import dbt_checks
from orchestration.naming import BEHIND_A_VIEW

MART = "model.doelenboom.cluster_spending"


def found(manifest: dict[str, Any], **fields: Any) -> list[CheckResult]:
    return list(dbt_checks(manifest, [NodeResult(seconds=1.0, **fields)]))


def of_test(**fields: Any) -> dict[str, Any]:
    named = {"unique_id": "test.x", "name": "adds_up", "resource_type": "test", "about": MART}
    return {**named, **fields}


def of_model(name: str) -> dict[str, Any]:
    named = {"unique_id": f"model.doelenboom.{name}", "name": name, "resource_type": "model"}
    return {**named, "status": "success", "examined": 120}


def test_a_test_says_how_many_rows_it_examined(manifest: dict[str, Any]) -> None:
    [check] = found(manifest, **of_test(status="pass", failures=0, examined=120))
    assert check.subject == "marts.cluster_spending"
    assert (check.status, check.observed) == ("pass", "0 offenders among 120 rows")


def test_a_failed_test_names_its_first_offender(manifest: dict[str, Any]) -> None:
    row = "column_name=report, unknown_value=q5, rows_n=3"
    [check] = found(manifest, **of_test(status="fail", failures=1, examined=120, message=row))
    assert check.status == "fail"
    assert check.observed == f"1 offenders among 120 rows, such as {row}"


def test_a_table_tells_what_its_contract_enforced(manifest: dict[str, Any]) -> None:
    [check] = found(manifest, **of_model("dim_price_index"))
    assert (check.check_name, check.status) == ("keys_and_filled_columns", "pass")
    assert check.observed == "0 offenders among 120 rows"
    assert check.expected.startswith(
        "each (price_index_code, price_year) once and nothing empty in price_index_code, "
    )


def test_what_enforces_nothing_tells_nothing(manifest: dict[str, Any]) -> None:
    assert found(manifest, **of_model("int_prices__index")) == []
    assert found(manifest, **of_model("stg_reference__provinces")) == []


def test_every_published_table_enforces_what_is_filled(manifest: dict[str, Any]) -> None:
    tables = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        and node["schema"] == "marts"
        and node["config"]["materialized"] == "table"
        and not node["name"].endswith(BEHIND_A_VIEW)
    ]
    told = dbt_checks(manifest, [NodeResult(seconds=1.0, **of_model(t["name"])) for t in tables])
    assert {check.subject for check in told} == {f"marts.{t['name']}" for t in tables}
