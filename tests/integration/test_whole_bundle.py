"""A whole night on everything that is bundled: every municipality of every year is published."""

import re
from dataclasses import replace

import duckdb
import numpy as np
import pytest

from doelenboom.publication.manifest import read_release
from doelenboom.settings import PROJECT_DIR
from tests.conftest import RealNight
from tests.integration.comparison_by_numpy import SUFFIXES, amounts_path, inhabitants, lines
from tests.integration.comparison_warehouse import SHARED
from tests.integration.derivations_proved import not_reproduced, published
from tests.integration.groups_by_numpy import groups_of

pytestmark = pytest.mark.prove
OF_YEAR = {2017: 388, 2018: 380, 2019: 355, 2020: 355, 2021: 352, 2022: 345} | dict.fromkeys(
    range(2023, 2027), 342
)

REPORTS = [(2018, "accounts"), (2023, "accounts"), (2025, "budget")]


def test_every_municipality_of_every_year_is_there_with_every_bundled_report(
    whole_bundle: RealNight,
) -> None:
    with duckdb.connect(str(whole_bundle.database), read_only=True) as marts:

        def counted(sql: str) -> dict[object, int]:
            return dict(marts.execute(sql).fetchall())

        for table in ("iv3_deliveries", "taakveld_spending", "cluster_spending"):
            for report, years in (("budget", range(2017, 2027)), ("accounts", range(2017, 2025))):
                found = counted(
                    f"select fiscal_year, count(distinct municipality_code) from marts.{table}"
                    f" where report = '{report}' group by 1"
                )
                assert found == {year: OF_YEAR[year] for year in years}, (table, report)
        # The four largest have no class of centre function, and those of 2023 no figures of 2020.
        pool = counted(
            "select fiscal_year, count(distinct municipality_code) from marts.nearest_neighbours"
            " where fiscal_year >= 2019 group by 1"
        )
        assert pool == dict.fromkeys(range(2019, 2027), 333)
        unknown = counted(
            "select cluster_code, count(*) from marts.cluster_spending"
            " where fiscal_year = 2026 and value_status = 'not_captured' group by 1"
        )
        assert unknown == {"jeugd": 342, "wmo": 342}


@pytest.mark.parametrize(
    ("year", "report"), [(2018, "accounts"), (2023, "accounts"), (2025, "budget")]
)
def test_every_municipality_measure_and_group_equals_a_calculation_with_numpy(
    whole_bundle: RealNight, year: int, report: str
) -> None:
    rows, kinds = 0, set()
    with duckdb.connect(str(whole_bundle.database), read_only=True) as marts:
        for group in groups_of(marts, year, report):
            np.testing.assert_allclose(
                group.computed, group.published, rtol=0, atol=1e-6, err_msg=group.code
            )
            rows += group.published.shape[1]
            kinds.add(re.sub("GM[0-9]+|[0-9]+", "", group.code.partition("_")[0]))
        every = "select count(*) from marts.municipality_comparison where fiscal_year = ?"
        of_report = f"{every} and report = ? and boundary = 'as_reported'"
        assert marts.execute(of_report, [year, report]).fetchall() == [(rows,)]
    assert kinds == {"all", "centre", "nearest", "province", "region", "size", "structure"}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the project")
@pytest.mark.parametrize(
    ("year", "report"), [(2018, "accounts"), (2023, "accounts"), (2025, "budget")]
)
def test_every_value_per_inhabitant_is_that_of_the_source(
    whole_bundle: RealNight, year: int, report: str
) -> None:
    people = inhabitants(SHARED, year)
    expected = {
        (row["gm_code"], row["taakveld"]): float(row["lasten_keur"]) * 1000 / people[row["gm_code"]]
        for row in lines(amounts_path(SHARED))
        if row["verslagsoort"] == f"{year}{SUFFIXES[report]}"
    }
    with duckdb.connect(str(whole_bundle.database), read_only=True) as marts:
        found = {
            (code, taakveld): value
            for code, taakveld, value in marts.execute(
                "select municipality_code, substr(measure_code, 14), cast(value as double)"
                " from marts.municipality_comparison"
                " where fiscal_year = ? and report = ? and boundary = 'as_reported'"
                " and peer_group_code = 'all' and value is not null"
                " and regexp_full_match(measure_code, 'iv3_expenses_[0-9]+[.][0-9]+[a-z]?')",
                [year, report],
            ).fetchall()
        }
    taakvelden = {taakveld for _, taakveld in found}
    # The file has sums of what codes were split into since 2023; test_bundled_facts compares those.
    split = {
        code
        for _, code in expected
        if any(each != code and each.startswith(code) for each in taakvelden)
    }
    whole_codes = {key: value for key, value in expected.items() if key[1] not in split}
    assert len(whole_codes) > 10_000
    np.testing.assert_allclose(
        [found.get(key, 0.0) for key in whole_codes], list(whole_codes.values()), rtol=0, atol=1e-6
    )


def test_a_figure_of_any_municipality_is_traced_to_the_row_of_the_parquet_file(
    whole_bundle: RealNight,
) -> None:
    keys = ("municipality_code=GM0168", "fiscal_year=2026", "report=budget", "taakveld_code=7.1")
    traced = whole_bundle.doelenboom("trace", "taakveld_spending", "expenses_keur", *keys).stdout
    with duckdb.connect(str(whole_bundle.database), read_only=True) as marts:
        (line,) = marts.execute(
            "select source_line from marts.taakveld_spending where municipality_code = 'GM0168'"
            " and fiscal_year = 2026 and report = 'budget' and taakveld_code = '7.1'"
        ).fetchall()
    assert f"seeds/benchmarks/iv3_amounts.parquet  row {line[0]}, sha256 " in traced
    bundled = PROJECT_DIR / "seeds" / "benchmarks" / "iv3_amounts.parquet"
    row = duckdb.execute(
        "select municipality_code, fiscal_year, report, taakveld_code from"
        f" read_parquet('{bundled}', file_row_number = true) where file_row_number = {line[0] - 1}"
    ).fetchone()
    assert row == ("GM0168", 2026, "budget", "7.1")


def test_every_example_gives_rows_where_its_table_has_any(whole_bundle: RealNight) -> None:
    with duckdb.connect(str(whole_bundle.database), read_only=True) as marts:
        examples = marts.execute("select table_name, example from marts.about").fetchall()
        without = [table for table, example in examples if not marts.execute(example).fetchone()]
        assert without == ["iv3_cells", "own_taakveld_amounts", "source_pages"]
        for table in without:
            assert not marts.execute(f"from marts.{table} limit 1").fetchone()


SPENDING = ("cluster_spending", "spending_per_inhabitant", "municipality_comparison")
"""Tables whose figures are made otherwise of a budget than of accounts, and of a sum of codes."""


def test_what_spending_is_made_of_gives_it_in_budgets_and_accounts(whole_bundle: RealNight) -> None:
    keys = {table.name: len(table.key) for table in read_release(whole_bundle.release).tables}
    with duckdb.connect(str(whole_bundle.database), read_only=True) as connection:
        marts = published(connection, keys)
        tables = {name: marts.tables[name] for name in SPENDING}
        assert not_reproduced(replace(marts, tables=tables), 2) == []
