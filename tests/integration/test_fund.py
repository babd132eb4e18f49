"""The municipal fund held against the files that it was made from, and told examples.

Shares nothing with the models: amounts are read, multiplied and added up here in Python and numpy.
"""

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import numpy as np
import pytest

from doelenboom.settings import PROJECT_DIR
from tests.conftest import RealNight
from tests.integration.comparison_warehouse import SHARED

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the project"),
]

FUND = SHARED / "gemeentefonds"
BUNDLED = PROJECT_DIR / "seeds" / "benchmarks"
CIRCULARS = (
    *(("M2023", 2024), ("S2023", 2024), ("M2024", 2024)),
    *(("S2024", 2024), ("M2024", 2025), ("S2024", 2025)),
)
FACTORS = {("M2023", 2024): 1.395, ("M2024", 2025): 1.457, ("S2024", 2025): 1.457}
"""The circulars of which weights and volumes are at hand."""

YOUTH, WMO = "Individuele voorzieningen Jeugd", "Individuele voorzieningen Wmo"
TAAKVELDEN = {"jeugd": (YOUTH, r"6\.(7[234]|82)"), "wmo": (WMO, r"6\.(6|71)")}
THREE = {"Enschede": "GM0153", "Hengelo": "GM0164", "Dinkelland": "GM1774"}


def table(path: Path, delimiter: str) -> list[dict[str, str]]:
    text = gzip.decompress(path.read_bytes()).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=delimiter))


def amounts_of(circular: str, year: int) -> dict[str, dict[str, float]]:
    """Euro by municipality, as the fund names it, and cluster; Nederland is the printed total."""
    rows = table(FUND / f"GF_{circular}_{year}_clusterbedragen.csv.gz", ";")
    return {
        row["Gemeenten"]: {
            name: float(text) for name, text in row.items() if name not in ("", "Gemeenten")
        }
        for row in rows
    }


def number(text: str) -> float:
    """Read `1.325,29`, `1.305.638`, `1.325.29`, ` - ` and a minus of another kind."""
    plain = text.strip().replace("−", "-")
    if "," in plain or re.fullmatch(r"-?\d{1,3}(\.\d{3})+", plain):
        plain = plain.replace(".", "").replace(",", ".")
    whole, dot, decimals = plain.rpartition(".")
    return float(whole.replace(".", "") + dot + decimals) if plain not in ("", "-") else 0.0


@pytest.fixture(scope="module")
def codes() -> dict[str, str]:
    """The code of each municipality by its name in the fund."""
    return {
        row["Naam"]: f"GM{int(row['CBS']):04}"
        for row in table(FUND / "GF_S2024_2025_volumina.csv.gz", "\t")
    }


def test_every_bundled_amount_is_that_of_the_source_to_the_cent(codes: dict[str, str]) -> None:
    names = dict(
        duckdb.execute(
            "select fund_cluster_code, fund_cluster_name from"
            f" read_csv('{PROJECT_DIR / 'seeds/reference/fund_clusters.csv'}')"
        ).fetchall()
    )
    ours = {
        (circular, year, code, names[cluster]): float(amount)
        for code, year, circular, cluster, amount in duckdb.execute(
            f"select * from read_parquet('{BUNDLED / 'fund_allocation.parquet'}')"
        ).fetchall()
    }
    theirs = {
        (circular, year, codes[name], cluster): round(amount, 2)
        for circular, year in CIRCULARS
        for name, amounts in amounts_of(circular, year).items()
        if name != "Nederland"
        for cluster, amount in amounts.items()
        if cluster != "Totaal"
    }
    assert ours.keys() == theirs.keys()
    assert len(ours) == 342 * 12 * len(CIRCULARS)
    assert max(abs(ours[key] - amount) for key, amount in theirs.items()) < 0.011
    printed = duckdb.execute(
        f"select circular, fiscal_year, fund_cluster_code, amount_eur"
        f" from read_csv('{BUNDLED / 'fund_totals.csv'}')"
    ).fetchall()
    assert len(printed) == 12 * len(CIRCULARS)
    for circular, year, cluster, total in printed:
        parts = [
            of
            for (*key, name), of in ours.items()
            if (*key[:2], name) == (circular, year, names[cluster])
        ]
        assert abs(sum(parts) - total) <= len(parts) * 0.005 + 0.01


@pytest.mark.parametrize(("circular", "year"), FACTORS)
def test_clusters_are_measures_times_weights_and_hold_no_payment(circular: str, year: int) -> None:
    weights = [
        row
        for row in table(FUND / f"GF_{circular}_{year}_gewichten.csv.gz", "\t")
        if row["Codering maatstaf"].strip()
    ]
    volumes = table(FUND / f"GF_{circular}_{year}_volumina.csv.gz", "\t")
    measures = [row["Codering maatstaf"].strip() for row in weights]
    assert [name for name in measures if name not in volumes[0]] == ["vast"]
    held = np.array([[number(row.get(name) or "0") for name in measures] for row in volumes])
    amounts = amounts_of(circular, year)
    told = [amounts[row["Naam"]] for row in volumes]
    for cluster in told[0].keys() - {"Onroerendezaakbelasting", "Totaal"}:
        per_unit = np.array([number(row[cluster]) for row in weights])
        ours = held @ per_unit * FACTORS[circular, year]
        assert np.abs(ours - [amount[cluster] for amount in told]).max() < 1e-5, cluster


def test_only_the_circular_of_september_2024_for_2024_has_shelters_in_its_wmo() -> None:
    """It jumps where shelters are paid; other circulars are near the one before everywhere."""
    paid = {
        row["Naam"]
        for row in table(FUND / "GF_S2024_2025_siudu.csv.gz", "\t")
        if number(row["maatschappelijke opvang"])
    }
    assert len(paid) == 43
    steps = (("M2023", "S2023"), ("S2023", "M2024"), ("M2024", "S2024"))
    ratios: dict[tuple[str, str], dict[str, float]] = {}
    for step in steps:
        before, after = (amounts_of(circular, 2024) for circular in step)
        ratios[step] = {name: after[name][WMO] / before[name][WMO] for name in after}
    for step in steps[:2]:
        assert 0.93 < min(ratios[step].values()) <= max(ratios[step].values()) < 1.16
    raised = {name for name, ratio in ratios[steps[2]].items() if ratio > 1.2}
    assert len(raised) == 36
    assert raised < paid


@pytest.fixture(scope="module")
def marts(whole_bundle: RealNight) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(whole_bundle.database), read_only=True) as connection:
        connection.execute("set schema 'marts'")
        yield connection


@pytest.fixture(scope="module")
def differences(codes: dict[str, str]) -> dict[str, dict[str, tuple[float, float, float]]]:
    """Allocation and net cost of 2024 in thousands and their difference per head, by cluster.

    Without those that delivered nothing, or whose expenses are below zero.
    """
    variants = {
        row["Iv3naam"]: row["GFnaam"]
        for row in csv.DictReader(
            (SHARED / "regio" / "naamvarianten_iv3_gemeentefonds.tsv")
            .read_text(encoding="utf-8-sig")
            .splitlines(),
            delimiter="\t",
        )
    }
    net: dict[str, dict[str, float]] = {cluster: defaultdict(float) for cluster in TAAKVELDEN}
    spent: dict[str, dict[str, float]] = {cluster: defaultdict(float) for cluster in TAAKVELDEN}
    people: dict[str, int] = {}
    delivered = set()
    budgets = table(SHARED / "iv3" / "bzk_iv3_baten_lasten_taakveld_2024_begroting.csv.gz", ";")
    for row in budgets:
        name = variants.get(row["Gemeenten"], row["Gemeenten"])
        if name in codes:
            people[codes[name]] = int(row["Inwonertal"])
            if float(row["Lasten"] or 0):
                delivered.add(codes[name])
            for cluster, (_, pattern) in TAAKVELDEN.items():
                if re.match(pattern, row["Taakveld"]):
                    expenses = float(row["Lasten"] or 0)
                    spent[cluster][codes[name]] += expenses
                    net[cluster][codes[name]] += expenses - float(row["Baten"] or 0)
    fund = amounts_of("S2023", 2024)
    return {
        cluster: {
            code: (
                fund[name][printed] / 1000,
                net[cluster][code],
                (fund[name][printed] - net[cluster][code] * 1000) / people[code],
            )
            for name, code in codes.items()
            if code in delivered and spent[cluster][code] >= 0
        }
        for cluster, (printed, _) in TAAKVELDEN.items()
    }


@pytest.mark.prove
def test_differences_of_every_municipality_follow_from_circular_and_budget(
    marts: duckdb.DuckDBPyConnection,
    differences: dict[str, dict[str, tuple[float, float, float]]],
) -> None:
    for cluster, by_code in differences.items():
        told = {
            code: [float(amount) for amount in amounts]
            for code, *amounts in marts.execute(
                "select municipality_code, allocation_keur, net_cost_keur,"
                " difference_eur_per_inhabitant, difference_all_median_eur_per_inhabitant"
                " from fund_allocation where fiscal_year = 2024 and circular = 'S2023'"
                " and net_cost_report = 'budget' and difference_keur is not null"
                f" and fund_cluster_code = '{cluster}'"
            ).fetchall()
        }
        assert set(THREE.values()) < told.keys() == by_code.keys()
        for code, (allocation, net, per_head) in by_code.items():
            assert told[code][:3] == pytest.approx([allocation, net, per_head], abs=0.0051)
        for code in THREE.values():
            others = [by_code[other][2] for other in by_code if other != code]
            assert told[code][3] == pytest.approx(float(np.median(others)), abs=0.0051)


@pytest.mark.prove
def test_enschede_stands_beside_the_fund_as_told(
    marts: duckdb.DuckDBPyConnection,
    differences: dict[str, dict[str, tuple[float, float, float]]],
) -> None:
    def of_enschede(columns: str, circular: str) -> list[tuple[Any, ...]]:
        return marts.execute(
            f"select {columns} from fund_allocation where municipality_name = 'Enschede'"
            f" and fiscal_year = 2024 and circular = '{circular}'"
            " and fund_cluster_code in ('jeugd', 'wmo') order by fund_cluster_code"
        ).fetchall()

    told = of_enschede(
        "round(allocation_keur)::integer, net_cost_keur::integer,"
        " round(difference_eur_per_inhabitant)::integer, all_peers_n",
        "S2023",
    )
    assert told == [(86_430, 84_017, 15, 339), (53_841, 67_087, -82, 339)]
    # Of all 341 with a budget but Nieuwkoop; 's-Hertogenbosch books no net cost of youth.
    medians = [median(row[2] for row in differences[name].values()) for name in ("jeugd", "wmo")]
    assert [len(differences[name]) for name in ("jeugd", "wmo")] == [340, 340]
    assert medians == pytest.approx([77.035, 15.395], abs=0.01)
    # Shelters are in the Wmo of September 2024: no difference is made.
    columns = "round(allocation_keur)::integer, difference_keur, comparability, value_status"
    assert of_enschede(columns, "S2024") == [
        (87_694, None, "not_comparable", "not_recomputable"),
        (72_367, None, "not_comparable", "not_recomputable"),
    ]
    assert marts.execute(
        "select count(*), count(*) filter (difference_keur is not null) from fund_allocation"
        " where comparability = 'not_comparable'"
    ).fetchall() == [(14_441, 0)]
    assert marts.execute(
        "select municipality_name, fiscal_year, fund_cluster_code, count(*),"
        " count(comparability_reasons) from fund_allocation where comparability = 'caution'"
        " group by all order by all"
    ).fetchall() == [
        ("Ameland", 2024, "sociale_basisvoorzieningen", 3, 3),
        ("Nieuwkoop", 2024, "sociale_basisvoorzieningen", 3, 3),
        ("Opsterland", 2024, "orde_en_veiligheid", 3, 3),
    ]
    assert marts.execute(
        "select distinct comparability_reasons is null from fund_allocation"
        " where comparability = 'comparable'"
    ).fetchall() == [(True,)]
    assert marts.execute(
        "select count(*) from fund_allocation where not contains(caution_text, 'Niet geoormerkt')"
    ).fetchall() == [(0,)]
