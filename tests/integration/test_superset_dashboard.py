"""The dashboard of docs/bi/superset: what it names is published, under the words that it shows."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
import yaml

from doelenboom.settings import PROJECT_DIR
from tests.conftest import RealNight

ASSETS = PROJECT_DIR / "docs" / "bi" / "superset"


def read(folder: str) -> list[Any]:
    return [
        yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((ASSETS / folder).rglob("*.yaml"))
    ]


DATASETS = {dataset["uuid"]: dataset for dataset in read("datasets")}
CHARTS = read("charts")


@pytest.fixture(scope="module")
def marts(real_night: RealNight) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(real_night.database), read_only=True) as connection:
        yield connection


def columns_of(params: dict[str, Any]) -> set[str]:
    """Name the columns that a chart draws, sorts or filters by."""
    drawn = {metric["column"]["column_name"] for metric in params.get("metrics", [])}
    axis = {params["x_axis"]} if "x_axis" in params else set()
    return drawn | axis | {*params.get("all_columns", [])} | {*subjects_of(params)}


def subjects_of(params: dict[str, Any]) -> list[str]:
    return [where["subject"] for where in params["adhoc_filters"]]


def test_superset_opens_the_file_to_read_only() -> None:
    (database,) = read("databases")
    assert database["extra"]["engine_params"] == {"connect_args": {"read_only": True}}
    assert {dataset["database_uuid"] for dataset in DATASETS.values()} == {database["uuid"]}


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset["table_name"])
def test_a_dataset_has_columns_that_are_published_under_their_labels(
    dataset: dict[str, Any], marts: duckdb.DuckDBPyConnection
) -> None:
    published = {
        name: (kind, comment.split(". ")[0])
        for name, kind, comment in marts.execute(
            "select column_name, data_type, comment from duckdb_columns()"
            " where schema_name = 'marts' and table_name = ?",
            [dataset["table_name"]],
        ).fetchall()
    }
    for column in dataset["columns"]:
        told = (column["type"], column["verbose_name"])
        assert published[column["column_name"]] == told
    used = [
        columns_of(chart["params"]) for chart in CHARTS if chart["dataset_uuid"] == dataset["uuid"]
    ]
    names = {column["column_name"] for column in dataset["columns"]}
    assert names == set.union({"municipality_name"}, *used)


@pytest.mark.prove
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart["slice_name"])
def test_a_chart_has_something_to_draw_and_one_figure_a_point(
    chart: dict[str, Any], whole_bundle: RealNight
) -> None:
    params = chart["params"]
    table = DATASETS[chart["dataset_uuid"]]["table_name"]
    given = {
        where["subject"]: where["comparator"]
        for where in params["adhoc_filters"]
        if "comparator" in where
    }
    conditions = "".join(f" and {column} = ${column}" for column in given)
    with duckdb.connect(str(whole_bundle.database), read_only=True) as connection:
        ((rows, years),) = connection.execute(
            "select count(*), count(distinct fiscal_year)"
            f" from marts.{table} where municipality_name = 'Enschede'{conditions}",
            given,
        ).fetchall()
    assert rows > 0
    assert params["viz_type"] == "table" or rows == years


def test_the_dashboard_shows_every_chart_for_the_municipality_that_is_chosen() -> None:
    (dashboard,) = read("dashboards")
    shown = {
        part["meta"]["uuid"]
        for part in dashboard["position"].values()
        if isinstance(part, dict) and part["type"] == "CHART"
    }
    assert shown == {chart["uuid"] for chart in CHARTS}
    (chosen,) = dashboard["metadata"]["native_filter_configuration"]
    (target,) = chosen["targets"]
    assert target["datasetUuid"] in DATASETS
    assert target["column"]["name"] == "municipality_name"
