"""Every municipality of 2017-2020 compared: equal to numpy, nothing lost, by code, not by name."""

import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tests.cbs_server import shared
from tests.cbs_server.tables import Table, codes
from tests.integration.comparison_by_numpy import (
    STATISTICS,
    SUFFIXES,
    Floats,
    Key,
    amounts_path,
    compare,
    groups_of,
    inhabitants,
    lines,
    read_reports,
)
from tests.integration.comparison_warehouse import MARTS, SHARED, TRACED, Warehouse, warehouse_of
from tests.integration.derivations_proved import not_reproduced, published

TABLES = {2017: "45038NED", 2018: "45042NED", 2019: "45046NED", 2020: "45050NED"}
"""A year, those that say whether nothing in it is a choice of booking, and what merged since."""

EEMSDELTA, APPINGEDAM, DELFZIJL, LOPPERSUM = "GM1979", "GM0003", "GM0010", "GM0024"
PARTS_OF_EEMSDELTA = (APPINGEDAM, DELFZIJL, LOPPERSUM)
VIJFHEERENLANDEN = "GM1961"
OF_2018 = "fiscal_year = 2018 and report = 'accounts'"

pytestmark = [
    pytest.mark.prove,
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the project"),
]


def iv3(year: int) -> Table:
    return shared.iv3_year(SHARED, year, TABLES[year], tuple(SUFFIXES.values()))


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    data_dir = tmp_path_factory.mktemp("comparison")
    tables = [*(iv3(year) for year in TABLES), shared.population(SHARED)]
    yield warehouse_of(data_dir, tables, (*MARTS, *TRACED))
    shutil.rmtree(data_dir)


@pytest.fixture(scope="module")
def named_and_renamed(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Warehouse, Warehouse]]:
    """2018 alone, with Delfzijl silent; and the same with other names of municipalities."""
    data_dir = tmp_path_factory.mktemp("names")
    table = iv3(2018)
    named = replace(table, rows=silenced(table.rows, DELFZIJL, "2018X005"))
    titles = {row["Key"].strip(): row["Title"] for row in table.dimensions["Gemeenten"]}
    others = codes({code: f"Gemeente X{code[::-1]}" for code in titles}, 9)
    renamed = replace(named, dimensions={**named.dimensions, "Gemeenten": others})
    people = shared.population(SHARED)
    yield (
        warehouse_of(data_dir / "named", [named, people]),
        warehouse_of(data_dir / "renamed", [renamed, people]),
    )
    shutil.rmtree(data_dir)


def silenced(rows: pa.Table, code: str, report: str) -> pa.Table:
    """The rows of a table after one municipality did not deliver a report."""
    silent = pc.and_(
        pc.equal(pc.utf8_trim_whitespace(rows.column("Gemeenten")), code),
        pc.equal(rows.column("Verslagsoort"), report),
    )
    for name in ("k_1ePlaatsing_1", "k_2ePlaatsing_2"):
        place = rows.column_names.index(name)
        amounts = pc.if_else(silent, pa.scalar(None, pa.float64()), rows.column(name))
        rows = rows.set_column(place, name, amounts)
    return rows


def test_every_figure_of_four_years_is_what_its_inputs_give(warehouse: Warehouse) -> None:
    with duckdb.connect(
        str(warehouse.path), read_only=True, config={"memory_limit": "2GB", "threads": 2}
    ) as connection:
        differing = not_reproduced(published(connection), 2)
    # Of other years there are the bundled figures of few, without those of the regions they serve.
    landed = [f"fiscal_year={year} " for year in TABLES]
    assert [told for told in differing if any(year in told for year in landed)] == []


def test_every_figure_of_2018_equals_a_calculation_with_numpy(warehouse: Warehouse) -> None:
    expected: dict[Key, Floats] = {}
    for report in read_reports(SHARED, 2018, tuple(TABLES)):
        expected |= compare(report, groups_of(SHARED, 2018, report))
    statistics = ", ".join(f"cast({name} as double)" for name in STATISTICS)
    rows = warehouse.rows(
        "select report, municipality_code, substr(measure_code, 14), peer_group_code,"
        f" value_status, {statistics} from marts.municipality_comparison"
        " where fiscal_year = 2018 and boundary = 'as_reported'"
        " and regexp_full_match(measure_code, 'iv3_expenses_[0-9]+[.][0-9]+[a-z]?')"
        " and regexp_full_match(peer_group_code, 'all|size_class_.*|province_.*')"
    )
    found: dict[Key, Floats] = {row[:4]: np.array(row[5:], dtype=np.float64) for row in rows}
    keys = sorted(expected)
    assert len(rows) == len(keys) == 380 * 51 * 2 * 3
    assert sorted(found) == keys
    assert keys[0] == ("accounts", "GM0003", "0.1", "all")
    assert keys[-1] == ("budget", "GM1955", "8.3", "size_class_5")
    np.testing.assert_allclose(
        np.array([found[key] for key in keys]),
        np.array([expected[key] for key in keys]),
        rtol=0,
        atol=1e-6,
    )
    statuses = {row[:4]: row[4] for row in rows}
    silent = {key for key in keys if np.isnan(expected[key][0])}
    assert {key for key, status in statuses.items() if status == "not_reported"} == silent
    assert {status for key, status in statuses.items() if key not in silent} == {"reported"}
    assert {key[:2] for key in silent} == {
        *(("accounts", code) for code in ("GM0263", "GM0545", "GM0620", "GM0707", "GM1658")),
        *(("budget", f"GM{n:04}") for n in (299, 437, 1949, 1950, 1952)),
    }


def test_all_that_was_delivered_is_there_at_the_boundaries_of_today(warehouse: Warehouse) -> None:
    delivered: dict[tuple[int, str, str], Decimal] = defaultdict(Decimal)
    reports = {suffix: name for name, suffix in SUFFIXES.items()}
    for row in lines(amounts_path(SHARED)):
        year, report = int(row["jaar"]), reports.get(row["verslagsoort"][4:])
        if year in TABLES and report:
            delivered[year, report, row["taakveld"]] += Decimal(row["lasten_keur"])

    def sums(mart: str, column: str) -> dict[tuple[int, str, str], Decimal]:
        rows = warehouse.rows(
            f"select fiscal_year, report, taakveld_code, sum({column}) from marts.{mart}"
            f" where fiscal_year between {min(TABLES)} and {max(TABLES)} group by all"
        )
        return {row[:3]: row[3] for row in rows}

    today = sums("taakveld_spending_current", "expenses_keur")
    assert sums("taakveld_spending", "expenses_keur") == today
    assert sums("taakveld_spending", "revenue_keur") == sums(
        "taakveld_spending_current", "revenue_keur"
    )
    assert {key: amount for key, amount in today.items() if key in delivered} == delivered
    assert {key[2] for key in today if key not in delivered} == {"0.10", "0.11"}
    assert {key[:2] for key in today} == {(y, r) for y in TABLES for r in SUFFIXES}


def test_the_people_of_the_country_live_within_the_boundaries_of_today(
    warehouse: Warehouse,
) -> None:
    found = warehouse.rows(
        "with homes as (select distinct fiscal_year, report, municipality_code, inhabitants"
        " from marts.taakveld_spending_current)"
        " select fiscal_year, report, sum(inhabitants), count(*) - count(inhabitants) from homes"
        f" where fiscal_year between {min(TABLES)} and {max(TABLES)} group by all order by all"
    )
    assert found == [
        (year, report, sum(inhabitants(SHARED, year).values()), 0)
        for year in TABLES
        for report in sorted(SUFFIXES)
    ]


def test_a_merged_municipality_has_the_sum_of_its_parts_to_the_unit(warehouse: Warehouse) -> None:
    parts: dict[str, Decimal] = defaultdict(Decimal)
    for row in lines(amounts_path(SHARED)):
        if row["verslagsoort"] == "2018X005" and row["gm_code"] in PARTS_OF_EEMSDELTA:
            parts[row["taakveld"]] += Decimal(row["lasten_keur"])
    found = warehouse.rows(
        "select taakveld_code, expenses_keur, value_status, inhabitants"
        f" from marts.taakveld_spending_current where {OF_2018}"
        f" and municipality_code = '{EEMSDELTA}' and taakveld_code not in ('0.10', '0.11')"
    )
    people = inhabitants(SHARED, 2018)
    together = sum(people[code] for code in PARTS_OF_EEMSDELTA)
    assert sorted(found) == sorted(
        (taakveld, amount, "reported", together) for taakveld, amount in parts.items()
    )
    assert len(found) == 51


def test_a_merged_municipality_of_which_no_part_delivered_is_nobodys_peer(
    warehouse: Warehouse,
) -> None:
    assert figures_of(warehouse, VIJFHEERENLANDEN) == [("not_reported", 53, 0, 0)]
    assert compared_on_61(warehouse, VIJFHEERENLANDEN) == [(None, "not_reported", 341, 339)]
    others = peers_of_others(warehouse, VIJFHEERENLANDEN)
    assert others == [(338,)]


def test_a_merged_municipality_with_a_silent_part_keeps_the_money_and_is_nobodys_peer(
    named_and_renamed: tuple[Warehouse, Warehouse],
) -> None:
    warehouse, _ = named_and_renamed
    assert figures_of(warehouse, EEMSDELTA) == [("partially_reported", 53, 53, 0)]
    spoke = sum(
        Decimal(row["lasten_keur"])
        for row in lines(amounts_path(SHARED))
        if row["verslagsoort"] == "2018X005" and row["gm_code"] in (APPINGEDAM, LOPPERSUM)
    )
    kept = warehouse.rows(
        f"select sum(expenses_keur) from marts.taakveld_spending_current where {OF_2018}"
        f" and municipality_code = '{EEMSDELTA}' and taakveld_code not in ('0.10', '0.11')"
    )
    assert kept == [(spoke,)]
    assert compared_on_61(warehouse, EEMSDELTA) == [(None, "partially_reported", 341, 338)]
    assert peers_of_others(warehouse, EEMSDELTA) == [(337,)]


def figures_of(warehouse: Warehouse, code: str) -> list[tuple[object, ...]]:
    """Status, and how many taakvelden, amounts and figures per head one has in 2018."""
    return warehouse.rows(
        "select value_status, count(*), count(expenses_keur),"
        " count(expenses_eur_per_inhabitant) + count(expenses_real_eur_per_inhabitant)"
        f" from marts.taakveld_spending_current where {OF_2018}"
        f" and municipality_code = '{code}' group by all"
    )


WITH_A_VALUE = (
    "peers_n + count(*) filter (where not is_peer and value is not null) over ()"
    " - if(not is_peer and value is not null, 1, 0)"
)
"""Others that have a value: peers, and those whose value is a choice of booking."""


def compared_on_61(warehouse: Warehouse, code: str) -> list[tuple[object, ...]]:
    return warehouse.rows(
        "select * exclude (municipality_code) from (select municipality_code, value, value_status,"
        f" peers_total, {WITH_A_VALUE} from marts.municipality_comparison"
        f" where {OF_2018} and boundary = 'current' and measure_code = 'iv3_expenses_6.1'"
        f" and peer_group_code = 'all') where municipality_code = '{code}'"
    )


def peers_of_others(warehouse: Warehouse, silent: str) -> list[tuple[object, ...]]:
    return warehouse.rows(
        "select distinct valued from (select municipality_code, value,"
        f" {WITH_A_VALUE} as valued from marts.municipality_comparison"
        f" where {OF_2018} and boundary = 'current' and measure_code = 'iv3_expenses_6.1'"
        f" and peer_group_code = 'all') where value is not null and municipality_code != '{silent}'"
    )


def test_a_centre_task_is_not_compared_per_inhabitant(warehouse: Warehouse) -> None:
    rows = warehouse.rows(
        "select peer_group_code, round(value, 2)::varchar, comparability, comparability_reasons"
        f" from marts.municipality_comparison where {OF_2018} and boundary = 'as_reported'"
        " and municipality_code = 'GM0153' and measure_code = 'iv3_expenses_6.81' order by 1"
    )
    assert {"all", "centre_shelter", "province_PV23", "size_class_2"} < {row[0] for row in rows}
    assert {row[1:3] for row in rows} == {("355.87", "not_comparable")}
    assert all(row[3].startswith("Centrumtaak: ") for row in rows)


def test_per_inhabitant_of_the_region_it_serves_a_centre_meets_centres_only(
    warehouse: Warehouse,
) -> None:
    path = "regioatlas2016_centrumgemeentemaatschappelijkeopvangbeschermdwonen.csv"
    text = (SHARED / "regio" / path).read_text(encoding="utf-8-sig")
    rows = [[cell.strip('"') for cell in line.split(";")] for line in text.splitlines()[1:]]
    people = inhabitants(SHARED, 2018)
    served = sum(people[f"GM{row[1]}"] for row in rows if row[2] == "Enschede")
    assert served == 401_952
    found = warehouse.rows(
        "select value::double, denominator, comparability, peers_n"
        f" from marts.municipality_comparison where {OF_2018} and boundary = 'as_reported'"
        " and municipality_code = 'GM0153' and measure_code = 'iv3_expenses_6.81_serving_region'"
    )
    assert found == [(round(56_320_000 / served, 6), "serving_region", "caution", 42)]
    compared = warehouse.rows(
        "select distinct peer_group_code, municipality_code from marts.municipality_comparison"
        " where fiscal_year = 2018 and denominator = 'serving_region'"
    )
    assert {row[0] for row in compared} == {"centre_shelter"}
    assert len({row[1] for row in compared}) == 43


def test_other_names_of_municipalities_change_no_figure(
    named_and_renamed: tuple[Warehouse, Warehouse],
) -> None:
    named, renamed = named_and_renamed
    titles = [
        duckdb.execute(
            "select trim(title) from read_parquet($1) where trim(code) = 'GM0153'",
            [str(place.path.parents[1] / "raw" / "cbs" / "iv3_regions" / "*.parquet")],
        ).fetchall()
        for place in named_and_renamed
    ]
    assert titles == [[("Enschede",)], [("Gemeente X3510MG",)]]
    with duckdb.connect(config={"memory_limit": "2GB", "threads": 2}) as connection:
        for alias, place in (("one", named), ("other", renamed)):
            connection.execute(f"attach '{place.path}' as {alias} (read_only)")
        for mart in MARTS:
            # Where a figure comes from names its delivery, which has a time and a hash of its own.
            columns = "columns(lambda c: not ends_with(c, '_name') and not contains(c, 'source'))"
            (counted, differing) = connection.execute(
                f"""
                with one as (select {columns} from one.marts.{mart} where fiscal_year = 2018),
                other as (select {columns} from other.marts.{mart} where fiscal_year = 2018)
                select (select count(*) from one), count(*) from (
                    (from one except all from other) union all (from other except all from one)
                )
                """
            ).fetchall()[0]
            assert counted > (1_000_000 if mart == MARTS[0] else 400), mart
            assert differing == 0, mart
