"""Where municipalities stand, held against the files that it was made from, and told examples.

Shares nothing with the models: posts, totals and people are added up here in Python.
"""

from collections import defaultdict
from collections.abc import Iterator
from statistics import median
from typing import Any

import duckdb
import pytest

from tests.conftest import RealNight
from tests.integration.comparison_by_numpy import lines
from tests.integration.comparison_warehouse import SHARED

pytestmark = [
    pytest.mark.prove,
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the project"),
]

ENSCHEDE, HENGELO, DINKELLAND = "GM0153", "GM0164", "GM1774"
NAMES = {"Enschede": ENSCHEDE, "Hengelo (O.)": HENGELO, "Dinkelland": DINKELLAND}


@pytest.fixture(scope="module")
def marts(whole_bundle: RealNight) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(whole_bundle.database), read_only=True) as connection:
        connection.execute("set schema 'marts'")
        yield connection


@pytest.fixture(scope="module")
def totals() -> dict[tuple[str, int, str], dict[str, float]]:
    """Totals by municipality, year and document, without those that delivered nothing."""
    return {
        (row["gm_code"], int(row["jaar"]), row["document"]): {
            name: float(row[name] or 0) for name in list(row)[4:]
        }
        for row in lines(SHARED / "iv3" / "iv3_totalen_per_gemeente_2017_2026.csv")
        if float(row["lasten"] or 0)
    }


def rows_of(marts: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return marts.execute(sql).fetchall()


def numbers(row: tuple[Any, ...], digits: int = 0) -> list[float]:
    return [round(float(value), digits) for value in row]


def test_the_position_of_three_municipalities_follows_from_their_posts(
    marts: duckdb.DuckDBPyConnection, totals: dict[tuple[str, int, str], dict[str, float]]
) -> None:
    posts: dict[tuple[str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in lines(SHARED / "iv3" / "iv3_balansposten_jaarrekening_2017_2024.csv.gz"):
        if row["gemeente"] in NAMES:
            code = row["balanspost"].split()[0]
            posts[NAMES[row["gemeente"]], int(row["jaar"])][code] += float(row["ultimo_keur"])
    told = {
        (code, year): amounts
        for code, year, *amounts in rows_of(
            marts,
            "select municipality_code, fiscal_year, equity_keur, general_reserve_keur,"
            " coalesce(result_keur, 0), net_debt_keur, balance_difference_keur,"
            " result_of_flows_keur, equity_eur_per_inhabitant, inhabitants"
            f" from financial_position where municipality_code in {tuple(NAMES.values())}",
        )
    }
    assert len(told) == len(posts) == 24
    for key, held in posts.items():
        of = totals[*key, "jaarrekening"]
        equity = held["P111"] + held["P112"] + held["P114"]

        def summed(*starts: str, held: dict[str, float] = held) -> float:
            return sum(amount for code, amount in held.items() if code.startswith(starts))

        flows = of["baten"] - of["lasten"] + of["reserve_baten"] - of["reserve_lasten"]
        debt = summed("P13", "P21", "P29") - summed("A1332", "A22", "A23", "A29")
        difference = summed("A") - summed("P")
        expected = [equity, held["P111"], held["P114"], debt, difference, flows]
        *amounts, per_head, people = told[key]
        assert [float(amount) for amount in amounts] == expected, key
        assert abs(float(per_head) - equity * 1000 / people) <= 0.005


def test_enschede_stands_beside_its_size_as_told(marts: duckdb.DuckDBPyConnection) -> None:
    told = rows_of(
        marts,
        "select equity_eur_per_inhabitant, equity_peer_median_eur_per_inhabitant,"
        " general_reserve_eur_per_inhabitant, net_debt_eur_per_inhabitant,"
        " net_debt_peer_median_eur_per_inhabitant, result_eur_per_inhabitant"
        f" from financial_position where municipality_code = '{ENSCHEDE}'"
        " and fiscal_year in (2018, 2024) order by fiscal_year",
    )
    assert [numbers(row) for row in told] == [
        [815, 1027, 318, 2503, 2854, 105],
        [1573, 1858, 773, 1174, 2497, -100],
    ]


def test_results_that_do_not_follow_from_the_flows_are_counted(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    counted = rows_of(
        marts,
        "select result_reconciliation, count(*), count(*) filter (where"
        " abs(result_of_flows_keur - coalesce(result_keur, 0)) > 100)"
        " from financial_position where result_reconciliation is not null group by 1 order by 1",
    )
    # What CBS gives of Maasdriel in 2018 are the accounts of Zaltbommel.
    assert counted == [
        ("holds", 364, 0),
        ("not_reconciled", 260, 260),
        ("rounding", 2077, 0),
        ("scope_differs", 141, 100),
    ]
    assert rows_of(
        marts,
        "select municipality_code, value_status, equity_keur from financial_position"
        " where municipality_code in ('GM0263', 'GM0297') and fiscal_year = 2018 order by 1",
    ) == [("GM0263", "not_reported", None), ("GM0297", "reported", 44945)]
    assert rows_of(
        marts,
        "select result_of_flows_keur, result_keur from financial_position"
        f" where municipality_code = '{ENSCHEDE}' and fiscal_year = 2018",
    ) == [(-4, 16640)]


def test_budgets_and_accounts_of_three_municipalities_are_those_of_the_source(
    marts: duckdb.DuckDBPyConnection, totals: dict[tuple[str, int, str], dict[str, float]]
) -> None:
    told = rows_of(
        marts,
        "select municipality_code, fiscal_year, budget_keur, accounts_keur, difference_pct,"
        " budgeted_balance_keur, realised_balance_keur"
        " from budget_accuracy join budget_prudence using (municipality_code, fiscal_year)"
        f" where subject_kind = 'total' and municipality_code in {tuple(NAMES.values())}",
    )
    assert len(told) == 24
    for code, year, *amounts in told:
        budget, accounts = (totals[code, year, name] for name in ("begroting", "jaarrekening"))
        expected = [
            budget["lasten"],
            accounts["lasten"],
            (accounts["lasten"] / budget["lasten"] - 1) * 100,
            budget["baten"] - budget["lasten"],
            accounts["baten"] - accounts["lasten"],
        ]
        assert [float(amount) for amount in amounts] == pytest.approx(expected, abs=1e-6)


def test_enschede_budgets_youth_care_and_its_balance_as_told(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    youth = "subject_code = 'jeugd' and fiscal_year in (2018, 2024)"
    told = rows_of(
        marts,
        "select difference_pct, budget_keur, accounts_keur from budget_accuracy"
        f" where municipality_code = '{ENSCHEDE}' and {youth} order by fiscal_year",
    )
    assert [numbers(row, 1) for row in told] == [[5.8, 45153, 47770], [26.0, 86236, 108628]]
    shares: dict[int, list[float]] = defaultdict(list)
    for year, pct in rows_of(
        marts,
        f"select fiscal_year, difference_pct from budget_accuracy where {youth}"
        " and difference_pct is not null",
    ):
        shares[year].append(float(pct))
    assert {year: round(median(all_of), 1) for year, all_of in shares.items()} == {
        2018: 26.2,
        2024: 19.7,
    }
    # Counting accounts that nobody delivered as 100 % under, they would be 26.2 and 19.6.
    silent = dict(
        rows_of(
            marts,
            f"select fiscal_year, count(*) from budget_accuracy where {youth}"
            " and budget_keur > 0 and accounts_keur is null group by 1",
        )
    )
    assert silent == {2018: 5, 2024: 1}
    over = sum(pct > 0 for pct in shares[2024])
    assert (over, len(shares[2024]), round(100 * over / len(shares[2024]))) == (318, 339, 94)
    assert rows_of(
        marts,
        "select distinct years_n, years_better_n, difference_all_years_keur from budget_prudence"
        f" where municipality_code = '{ENSCHEDE}'",
    ) == [(8, 8, 236_635)]


def test_a_median_of_others_is_that_without_oneself(marts: duckdb.DuckDBPyConnection) -> None:
    of_year = rows_of(
        marts,
        "select municipality_code, difference_pct, peer_median_pct, peers_n, peers_over_n"
        " from budget_accuracy where subject_code = 'jeugd' and fiscal_year = 2023"
        " and difference_pct is not null",
    )
    assert len(of_year) > 300
    for code, _, middle, n, over in of_year:
        others = [float(pct) for other, pct, *_ in of_year if other != code]
        assert (n, over) == (len(others), sum(pct > 0 for pct in others))
        assert abs(float(middle) - median(others)) < 1e-6


def test_ratios_of_hengelo_are_recomputed_as_told(marts: duckdb.DuckDBPyConnection) -> None:
    told = rows_of(
        marts,
        "select ratio_code, fiscal_year, round(recomputed_value, 1)::double, recomputed_class"
        f" from financial_ratios where municipality_code = '{HENGELO}'"
        " and figure_kind = 'actual' and fiscal_year in (2018, 2024)"
        " and ratio_code in ('net_debt', 'solvency') order by all",
    )
    assert told == [
        ("net_debt", 2018, 196.2, "C"),
        ("net_debt", 2024, 94.4, "B"),
        ("solvency", 2018, 7.6, "C"),
        ("solvency", 2024, 20.7, "B"),
    ]


def test_printed_ratios_are_those_of_the_source(marts: duckdb.DuckDBPyConnection) -> None:
    theirs = {
        (int(row["begrotingsjaar"]), int(row["jaar"])): round(float(row["waarde"]) * 100, 3)
        for row in lines(
            SHARED / "kengetallen" / "financiele_kengetallen_begroting_2020_2025.csv.gz"
        )
        if row["gemeente"].startswith("Enschede")
        and row["kengetal"] == "Solvabiliteitsratio"
        and row["waarde"]
    }
    ours = rows_of(
        marts,
        "select edition_year, fiscal_year, printed_value from financial_ratios"
        f" where municipality_code = '{ENSCHEDE}' and ratio_code = 'solvency'"
        " and printed_value is not null",
    )
    assert len(ours) == 10
    for edition, year, printed in ours:
        assert float(printed) == theirs[edition, year]


def test_shares_of_three_municipalities_follow_from_the_totals(
    marts: duckdb.DuckDBPyConnection, totals: dict[tuple[str, int, str], dict[str, float]]
) -> None:
    told = rows_of(
        marts,
        "select municipality_code, fiscal_year, report, hired_staff_pct, joint_arrangements_pct"
        " from staff_and_hire join intergovernmental_flows"
        " using (municipality_code, fiscal_year, report)"
        f" where municipality_code in {tuple(NAMES.values())}",
    )
    assert len(told) == 54
    for code, year, report, hire, joint in told:
        of = totals[code, year, "begroting" if report == "budget" else "jaarrekening"]
        staff = of["lasten_salarissen"] + of["lasten_inhuur"]
        assert float(hire) == pytest.approx(of["lasten_inhuur"] * 100 / staff, abs=1e-6)
        part = of["lasten_verbonden_partijen_gr"] * 100 / of["lasten"]
        assert float(joint) == pytest.approx(part, abs=1e-6)


def test_hire_joint_arrangements_and_overhead_are_as_told(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    of_enschede = (
        f"municipality_code = '{ENSCHEDE}' and report = 'accounts'"
        " and fiscal_year in (2018, 2024) order by fiscal_year"
    )
    hire = rows_of(
        marts, f"select hired_staff_pct, peer_median_pct from staff_and_hire where {of_enschede}"
    )
    assert [numbers(row, 1) for row in hire] == [[10.9, 14.0], [10.5, 17.0]]
    overhead = rows_of(
        marts, f"select overhead_keur, overhead_pct from overhead where {of_enschede}"
    )
    assert [numbers(row, 1) for row in overhead] == [[62_883, 9.2], [91_573, 10.1]]
    joint = rows_of(
        marts,
        "select municipality_name, joint_arrangements_pct from intergovernmental_flows"
        " where fiscal_year = 2023 and report = 'accounts' and joint_arrangements_pct is not null",
    )
    shares = {name: float(pct) for name, pct in joint}
    names = ("Dinkelland", "Tubbergen", "Hengelo", "Enschede")
    assert [round(shares[name], 1) for name in names] == [35.7, 33.0, 12.3, 2.9]
    assert round(median(float(pct) for _, pct in joint), 1) == 11.6
