"""All of Iv3 at its real size, made up: the codes of each year are real, every figure is not.

Municipalities, their size and the taakvelden of a year come from `seeds/reference`. Amounts are
drawn with a fixed seed around a steady sum per head and cluster, so that what a night expects of a
country (spread, no jumps, revenue near expenses) holds. Budgets of 2017-2026, accounts to 2024.
"""

import csv
from collections.abc import Sequence
from functools import cache

import numpy as np
import pyarrow as pa

from doelenboom.settings import PROJECT_DIR
from tests.cbs_server.small import key_figures_table
from tests.cbs_server.tables import Table, iv3_table, population_table

REFERENCE = PROJECT_DIR / "seeds" / "reference"
TABLES = {
    **{2017: "45038NED", 2018: "45042NED", 2019: "45046NED", 2020: "45050NED", 2021: "45054NED"},
    **{2022: "45059NED", 2023: "45063NED", 2024: "45067NED", 2025: "45071NED", 2026: "45078NED"},
}
YEARS = tuple(TABLES)
BUDGET, ACCOUNTS, LAST_ACCOUNTS = "X000", "X005", 2024
KEY_FIGURES = {year: f"8{year}NED" for year in YEARS if year < max(YEARS)}

EXPENSES = (
    *("L1.1", "L2.1", "L3.1", "L3.2", "L3.4.1", "L3.5.1", "L3.8", "L4.1.1", "L4.2", "L4.3.1"),
    *("L4.3.2", "L4.3.3", "L4.3.6", "L4.3.8", "L4.4.9", "L5.1", "L6.1", "L7.2", "L7.3", "L7.5"),
)
REVENUE = (
    *("B2.2.1", "B3.1", "B3.5.2", "B3.6", "B3.7", "B3.8", "B4.1.2", "B4.3.1", "B4.3.2", "B4.3.3"),
    *("B4.3.6", "B4.3.8", "B5.1", "B5.2", "B7.2", "B7.5"),
)
CATEGORIES = (*EXPENSES, *REVENUE)
BETWEEN_GOVERNMENTS = ("L4.3.3", "B4.3.2")
RESERVES, RESULT, GENERAL_GRANT = "0.10", "0.11", "0.7"
BALANCE = (
    *("A111", "A112", "A113", "A121", "A122", "A129", "A1311", "A1312", "A211", "A212", "A213"),
    *("A221", "A222", "A223", "A231", "A29", "P111", "P112", "P114", "P12", "P131", "P132"),
    *("P133", "P211", "P212", "P213", "P29"),
)

EUR_PER_HEAD = 3300
GROWTH = 1.03
LARGEST = 900_000
"""Inhabitants of the largest municipality: the first class of size has no upper bound."""

SILENT, PROVISIONAL, CORRECTED, NEGATIVE, EMPTY_TAAKVELD = 0.008, 0.1, 0.02, 0.01, 0.13
LEFT_OUT = 0.3

FIELDS = 120
"""Room for every taakveld that ever was."""

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def tables(years: Sequence[int] = YEARS) -> list[Table]:
    """Make the tables of Iv3 of some years, and the people and key figures that go with them."""
    people = inhabitants(years)
    return [
        population_table(people),
        *(_key_figures(year, people) for year in years if year in KEY_FIGURES),
        *(iv3_of(year, people) for year in years),
    ]


def municipalities(year: int) -> dict[str, str]:
    """Code and name of each municipality on 1 January of a year."""
    day = f"{year}-01-01"
    return {
        row["municipality_code"]: row["municipality_name"]
        for row in _seed("municipalities")
        if row["valid_from"] <= day <= (row["valid_to"] or "9999")
    }


def taakvelden(year: int) -> dict[str, str]:
    """Code and cluster of each taakveld that is booked on in a year; none is part of another."""
    rows = [
        row
        for row in _seed("taakvelden")
        if int(row["valid_from_year"]) <= year <= int(row["valid_to_year"] or 9999)
    ]
    codes = {row["taakveld_code"]: row["cluster_code"] for row in rows}
    return {code: codes[code] for code in codes if f"{code}a" not in codes}


def inhabitants(years: Sequence[int]) -> dict[tuple[str, int], int]:
    """Give people per municipality and year, within the class of size that it had."""
    bounds = {row["size_class"]: row for row in _seed("size_classes")}
    people = {}
    for row in _seed("municipality_size_classes"):
        if row["boundary"] != "as_reported":
            continue
        least = max(1000, int(bounds[row["size_class"]]["inhabitants_from"]))
        most = int(bounds[row["size_class"]]["inhabitants_to"] or LARGEST)
        place = _drawn("people", row["municipality_code"]).uniform()
        for year in years:
            if int(row["valid_from_year"]) <= year <= int(row["valid_to_year"]):
                number = least * (most / least) ** place * 1.005 ** (year - min(YEARS))
                people[row["municipality_code"], year] = int(min(number, most))
    return people


def iv3_of(year: int, people: dict[tuple[str, int], int]) -> Table:
    """Make the Iv3 table of a year: every cell that is not zero, as CBS sends what is asked for."""
    names = municipalities(year)
    reports = [BUDGET, ACCOUNTS] if year <= LAST_ACCOUNTS else [BUDGET]
    of_reports = [_report(year, report, people) for report in reports]
    cells = pa.concat_tables(of_reports)
    rows = cells.add_column(0, "ID", pa.array(np.arange(cells.num_rows)))
    titles = {code: f"taakveld {code}" for code in taakvelden(year)}
    posts = {code: f"post {code}" for code in BALANCE}
    return iv3_table(year, rows, names, {**titles, **posts}, identifier=TABLES[year])


def _report(year: int, report: str, people: dict[tuple[str, int], int]) -> pa.Table:
    """Draw the cells of one report: municipality by taakveld by category, zeros left out."""
    draw = _drawn("report", year, report)
    codes, fields = list(municipalities(year)), list(taakvelden(year))
    heads = np.array([people[code, year] for code in codes], dtype=np.float64)
    keur = _cube(year, codes, fields, draw) * heads[:, None, None] / 1000
    keur[draw.uniform(size=len(codes)) < SILENT] = 0
    places = np.nonzero(np.rint(keur))
    posts = np.nonzero(keur.any(axis=(1, 2)))[0].repeat(len(BALANCE))
    stands = np.rint(heads[posts] * draw.lognormal(-1, 1, len(posts))) + 1
    amounts = np.concatenate([np.rint(keur[places]), stands])
    post_codes = np.tile(BALANCE, len(posts) // len(BALANCE))
    regions = np.array(codes)[np.concatenate([places[0], posts])]
    categories = np.concatenate([np.array(CATEGORIES)[places[2]], np.full(len(posts), "Ultimo")])
    first = np.where(draw.uniform(size=len(amounts)) < CORRECTED, amounts + 1, amounts)
    return pa.table(
        {
            "TaakveldBalanspost": np.char.ljust(
                np.concatenate([np.array(fields)[places[1]], post_codes]), 6
            ),
            "Categorie": np.char.ljust(categories, 8),
            "Verslagsoort": np.full(len(amounts), f"{year}{report}"),
            "Gemeenten": np.char.ljust(regions, 9),
            "k_1ePlaatsing_1": first,
            "k_2ePlaatsing_2": pa.array(
                amounts, mask=np.isin(regions, _provisional(year, report, codes))
            ),
        }
    )


def _provisional(year: int, report: str, codes: list[str]) -> list[str]:
    """Those of whom the newest budget or accounts are published once."""
    if year != (max(YEARS) if report == BUDGET else LAST_ACCOUNTS):
        return []
    return [code for code in codes if _drawn("late", code).uniform() < PROVISIONAL]


def _cube(year: int, codes: list[str], fields: list[str], draw: np.random.Generator) -> Floats:
    """Euro per head by municipality, taakveld and category."""
    sums = np.array([_per_head(year, field) for field in fields])
    habits = np.stack([_drawn("habit", code).lognormal(0, 0.3, FIELDS) for code in codes])
    habit = habits[:, [_place(field) for field in fields]]
    spent = sums * habit * draw.lognormal(0, 0.07, habit.shape)
    spent[habit < np.quantile(habit, EMPTY_TAAKVELD)] = 0
    general = np.array(fields) == GENERAL_GRANT
    earned = np.where(general, 0.7 * spent.sum(axis=1, keepdims=True), 0.3 * spent)
    sign = np.where((draw.uniform(size=habit.shape) < NEGATIVE) & ~general, -1, 1)[..., None]
    expenses = (spent[..., None] * _shares(fields, EXPENSES, codes)) * sign
    revenue = (earned[..., None] * _shares(fields, REVENUE, codes)) * sign
    return np.concatenate([expenses, revenue], axis=2)


def _per_head(year: int, field: str) -> float:
    """Euro per head of a taakveld: its part of its cluster, which runs on when codes change."""
    if field in (RESERVES, RESULT):
        return 60.0
    clusters = taakvelden(year)
    shares = {code: np.exp(_drawn("field", code).normal()) for code in clusters}
    within = sum(share for code, share in shares.items() if clusters[code] == clusters[field])
    names = sorted({name for name in clusters.values() if name})
    weights = {name: np.exp(_drawn("cluster", name).normal(0, 0.6)) for name in names}
    part = weights[clusters[field]] / sum(weights.values()) * shares[field] / within
    return float(EUR_PER_HEAD * GROWTH ** (year - min(YEARS)) * part)


def _shares(fields: list[str], categories: Sequence[str], codes: list[str]) -> Floats:
    """Split of a taakveld over its categories: some are used in the land, most of these by one."""
    used = np.stack([_drawn("used", field, categories[0]).uniform(size=40) for field in fields])
    rare = np.isin(categories, BETWEEN_GOVERNMENTS)
    weights = np.where(used[:, : len(categories)] < np.where(rare, 0.12, 0.22), 1.0, 0.0)
    weights[:, -3] = 1  # one that all of them use
    own = np.stack(
        [_drawn("own", code, categories[0]).lognormal(0, 1, (FIELDS, 40)) for code in codes]
    )[:, [_place(field) for field in fields], : len(categories)]
    own[..., :-3][own[..., :-3] < LEFT_OUT] = 0
    split = weights * own
    split /= split.sum(axis=2, keepdims=True)
    return np.asarray(split, dtype=np.float64)


@cache
def _place(field: str) -> int:
    """Place of a taakveld among all that ever were, in what is drawn once per municipality."""
    return sorted({row["taakveld_code"] for row in _seed("taakvelden")}).index(field)


def _key_figures(year: int, people: dict[tuple[str, int], int]) -> Table:
    """Make the structure of the municipalities of a year: steady shares, all of them known."""
    figures = {}
    for code in municipalities(year):
        draw, number = _drawn("structure", code), people[code, year]
        figures[code] = {
            "Aantal inwoners": number,
            "0 tot 15 jaar": int(number * draw.uniform(0.12, 0.2)),
            "65 jaar of ouder": int(number * draw.uniform(0.13, 0.28)),
            "Personen per soort uitkering; Bijstand": int(number * draw.uniform(0.005, 0.05)),
            "Omgevingsadressendichtheid": int(draw.lognormal(6.7, 0.7)) + 1,
            "Oppervlakte land": int(draw.uniform(2_000, 40_000)),
        }
    names = municipalities(year)
    return key_figures_table(year, figures, names, identifier=KEY_FIGURES[year])


@cache
def _seed(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _drawn(*words: object) -> np.random.Generator:
    """Give a source of chance that is the same each time for the same words."""
    return np.random.default_rng([ord(letter) for word in words for letter in f"{word};"])
