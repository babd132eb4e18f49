"""Net debt and solvency from the balance sheets, with numpy: no published ratio contradicts them.

Shares nothing with the models: names of municipalities, posts and totals come from the published
files. Structural room cannot be made from a balance sheet and is not recomputed.
"""

from collections import defaultdict
from collections.abc import Iterator

import duckdb
import numpy as np
import pytest

from tests.conftest import RealNight
from tests.integration.comparison_by_numpy import lines
from tests.integration.comparison_warehouse import SHARED

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the project"),
]

SIGNS = {
    **dict.fromkeys(("P13", "P21", "P29"), 1),
    **dict.fromkeys(("A1332", "A1333", "A22", "A23", "A29"), -1),
}
"""Posts of net debt, by how their codes begin."""
RATIOS = {"Netto schuldquote": "net_debt", "Solvabiliteitsratio": "solvency"}
REFUSED_EDITION = 2022

Ratios = dict[tuple[str, int, str], float]
"""Percent by municipality, year and ratio."""


@pytest.fixture(scope="module")
def codes() -> dict[tuple[str, int], str]:
    """Codes of municipalities by name and year."""
    path = SHARED / "regio" / "gemeenten_per_jaar_2010_2026.csv"
    return {(_bare(row["gm_naam"]), int(row["jaar"])): row["gm_code"] for row in lines(path)}


def code_of(codes: dict[tuple[str, int], str], name: str, year: int) -> str | None:
    return codes.get((_bare(name), year))


def _bare(name: str) -> str:
    """A name without what is added in brackets: `(gemeente)`, `(O.)`."""
    return name.split(" (", maxsplit=1)[0].lower()


@pytest.fixture(scope="module")
def recomputed(codes: dict[tuple[str, int], str]) -> Ratios:
    posts: dict[tuple[str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    balance = SHARED / "iv3" / "iv3_balansposten_jaarrekening_2017_2024.csv.gz"
    for row in lines(balance):
        code = code_of(codes, row["gemeente"], int(row["jaar"]))
        if code:
            posts[code, int(row["jaar"])][row["balanspost"].split()[0]] += float(
                row["ultimo_keur"] or 0
            )
    revenue = {
        (row["gm_code"], int(row["jaar"])): float(row["baten"])
        for row in lines(SHARED / "iv3" / "iv3_totalen_per_gemeente_2017_2026.csv")
        if row["document"] == "jaarrekening"
    }
    found: Ratios = {}
    for (code, year), amounts in posts.items():
        debt = sum(
            sign * amount
            for start, sign in SIGNS.items()
            for post, amount in amounts.items()
            if post.startswith(start)
        )
        capital = sum(amount for post, amount in amounts.items() if post.startswith("P"))
        own = sum(amount for post, amount in amounts.items() if post.startswith("P11"))
        if revenue.get((code, year)):
            found[code, year, "net_debt"] = debt * 100 / revenue[code, year]
        if capital:
            found[code, year, "solvency"] = own * 100 / capital
    return found


@pytest.fixture(scope="module")
def printed(codes: dict[tuple[str, int], str]) -> dict[tuple[int, str], list[tuple[str, float]]]:
    """Actuals as budgets print them: by edition and ratio, municipality and percent."""
    found: dict[tuple[int, str], list[tuple[str, float]]] = defaultdict(list)
    for row in lines(SHARED / "kengetallen" / "financiele_kengetallen_begroting_2020_2025.csv.gz"):
        ratio, edition = RATIOS.get(row["kengetal"].strip()), int(row["begrotingsjaar"])
        code = code_of(codes, row["gemeente"], int(row["jaar"]))
        if ratio and code and row["type_raming"] == "Rekening" and _is_number(row["waarde"]):
            found[edition, ratio].append((code, float(row["waarde"]) * 100))
    return found


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False


@pytest.fixture(scope="module")
def published(real_night: RealNight) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(real_night.database), read_only=True) as connection:
        yield connection


def rank_correlation(pairs: list[tuple[float, float]]) -> float:
    ranks = [np.argsort(np.argsort(side)) for side in np.array(pairs).T]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def test_one_edition_stands_at_other_municipalities_than_its_balances(
    recomputed: Ratios, printed: dict[tuple[int, str], list[tuple[str, float]]]
) -> None:
    told = {}
    for (edition, ratio), rows in printed.items():
        pairs = [
            (value, recomputed[code, edition - 2, ratio])
            for code, value in rows
            if (code, edition - 2, ratio) in recomputed
        ]
        assert len(pairs) > 300
        told[edition, ratio] = rank_correlation(pairs)
    scrambled = {key for key, correlation in told.items() if correlation < 0.5}
    assert scrambled == {(REFUSED_EDITION, "net_debt"), (REFUSED_EDITION, "solvency")}


def test_no_published_actual_contradicts_its_balance(
    recomputed: Ratios, published: duckdb.DuckDBPyConnection
) -> None:
    rows = published.execute(
        "select municipality_code, fiscal_year, substr(measure_code, 7), value::double,"
        " value_status from marts.municipality_comparison where report = 'accounts'"
        " and measure_code in ('ratio_net_debt', 'ratio_solvency')"
        " and boundary = 'as_reported' and peer_group_code = 'all'"
    ).fetchall()
    shown = [row for row in rows if row[3] is not None]
    refused = [row for row in rows if row[3] is None]
    assert len(shown) > 300
    off = [
        row
        for row in shown
        if abs(row[3] - recomputed.get(row[:3], row[3])) > 10.5
        or (row[3] == 0 and abs(recomputed.get(row[:3], 0)) > 2.5)
    ]
    assert off == []
    assert {row[4] for row in refused} <= {"not_recomputable", "not_published"}
    assert ("GM0153", 2023, "net_debt", None, "not_recomputable") in refused
    assert round(recomputed["GM0153", 2023, "net_debt"], 1) == 18.1


def test_known_ratios_follow_from_the_balance(recomputed: Ratios) -> None:
    known = {("GM0164", 2020): 170.5, ("GM0193", 2020): 50.7, ("GM0183", 2020): 2.6}
    found = {key: round(recomputed[*key, "net_debt"], 1) for key in known}
    assert found == known
