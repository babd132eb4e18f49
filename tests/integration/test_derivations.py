"""The release says of every figure how it came, and what it says is what was done."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from doelenboom.publication.manifest import read_release
from tests.conftest import RealNight
from tests.integration.derivations_proved import (
    NO_FIGURES,
    Published,
    not_reproduced,
    published,
    without_a_way,
)

ENSCHEDE = ("municipality_code=GM0153", "fiscal_year=2018")
COMPARED = (
    *ENSCHEDE,
    "report=accounts",
    "measure_code=iv3_expenses_6.81",
    "boundary=as_reported",
    "peer_group_code=all",
)


@pytest.fixture(scope="module")
def keys(real_night: RealNight) -> dict[str, int]:
    tables = read_release(real_night.release).tables
    return {table.name: len(table.key) for table in tables}


@pytest.fixture(scope="module")
def marts(real_night: RealNight, keys: dict[str, int]) -> Iterator[Published]:
    with duckdb.connect(str(real_night.database), read_only=True) as connection:
        yield published(connection, keys)


def test_every_figure_has_a_derivation_or_a_provenance(marts: Published) -> None:
    assert without_a_way(marts) == []


def test_the_list_of_what_is_no_figure_names_columns_that_are_there(marts: Published) -> None:
    columns = {(table, column) for table, types in marts.tables.items() for column in types}
    assert set(NO_FIGURES) <= columns
    derived = marts.connection.execute(
        "select table_name, column_name from marts.figure_derivations"
    ).fetchall()
    assert set(derived) <= columns
    assert set(derived) & set(NO_FIGURES) == set()


def test_inputs_and_formula_give_what_is_published(marts: Published) -> None:
    assert not_reproduced(marts, 4) == []


@pytest.mark.prove
@pytest.mark.parametrize(
    ("figure", "fault"),
    [
        (
            ("taakveld_spending", "expenses_eur_per_inhabitant"),
            "update marts.figure_derivations set formula = replace(formula, '1000.0', '100.0')"
            " where column_name = 'expenses_eur_per_inhabitant'",
        ),
        (
            ("municipality_comparison", "peer_mean_unweighted"),
            "update marts.figure_derivations set input_query ="
            " replace(input_query, 'and m.municipality_code <> $municipality_code', '')"
            " where column_name = 'peer_mean_unweighted'",
        ),
        (
            ("goal_tree", "expenses_actual"),
            "update marts.goal_tree set expenses_actual_keur = 1 where depth = 0",
        ),
    ],
)
def test_a_wrong_derivation_or_figure_is_noticed(
    real_night: RealNight, marts: Published, tmp_path: Path, figure: tuple[str, str], fault: str
) -> None:
    table, told = figure
    path = tmp_path / "wrong.duckdb"
    shutil.copyfile(real_night.database, path)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute(fault)
        wrong = not_reproduced(Published(connection, {table: marts.tables[table]}, marts.keys), 2)
    assert wrong
    assert all(told in one for one in wrong)


def test_a_figure_without_a_way_is_noticed(
    real_night: RealNight, keys: dict[str, int], tmp_path: Path
) -> None:
    path = tmp_path / "lost.duckdb"
    shutil.copyfile(real_night.database, path)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "delete from marts.figure_derivations where column_name = 'dq_status';"
            "delete from marts.figure_provenance"
            " where table_name = 'forecasts' and contains(row_key, '2018')"
        )
        lost = without_a_way(published(connection, keys))
    assert {one.split(": ")[1] for one in lost} >= {"dq_status", "forecast_keur"}
    assert {one.split()[0] for one in lost} == {"programme_results", "forecasts"}


def test_trace_shows_a_median_as_its_peers_and_how_to_see_them_all(real_night: RealNight) -> None:
    done = real_night.doelenboom("trace", "municipality_comparison", "peer_median", *COMPARED)
    first, peers, *others = done.stdout.rstrip("\n").split("\n")
    assert "(type 7)" in first
    assert first.endswith("(computed again from its inputs: equal)")
    # Losser booked twice as much as in the years around it, and is no peer.
    assert peers.endswith("marts.municipality_comparison.value  43 figures")
    assert "municipality_code=GM0014  481.174498" in others[0]
    assert "... and 33 more" in others[-1]
    query = others[-1].split(", or: ")[1]
    asked = real_night.doelenboom("query", query, "--format", "csv")
    assert len(asked.stdout.splitlines()) == 44


def test_trace_leads_from_a_comparison_to_the_lines_of_amount_and_people(
    real_night: RealNight,
) -> None:
    done = real_night.doelenboom("trace", "municipality_comparison", "value", *COMPARED)
    lines = [line.lstrip("│├└─ ") for line in done.stdout.splitlines()]
    assert [line.split("  ")[0] for line in lines] == [
        "marts.municipality_comparison.value",
        "marts.municipality_comparison.numerator_keur",
        "marts.taakveld_spending.expenses_keur",
        "marts.source_facts.value",
        "seeds/benchmarks/iv3_amounts.parquet",
        "CBS 45042NED",
        "marts.municipality_comparison.people",
        "marts.iv3_deliveries.inhabitants",
        "marts.source_facts.value",
        "seeds/benchmarks/population.parquet",
        "CBS, bevolking op 1 januari 2018",
    ]
    assert "not recorded" not in done.stdout
