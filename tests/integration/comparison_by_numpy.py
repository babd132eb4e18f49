"""Municipalities of one year compared with numpy, straight from the published files.

Holds no test and shares nothing with the models: no SQL, no seed, and each municipality's peers are
gathered and measured anew.
"""

import csv
import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

SUFFIXES = {"budget": "X000", "accounts": "X005"}
SIZE_BOUNDS = (250_000, 150_000, 100_000, 50_000, 20_000, 10_000, 5_000)
STATISTICS = (
    *("value", "peers_total", "peers_n", "peer_p25", "peer_median", "peer_p75"),
    *("peer_mean_weighted", "peer_mean_unweighted", "percentile"),
)

INTERCHANGEABLE = (("6.1", "6.2", "6.71"), ("6.72", "6.82"))
"""Taakvelden of 2017-2022 that stand in for each other: nothing on one is a choice of booking."""

OF_ANOTHER = {
    ("GM0059", "2022X000"): "Achtkarspelen",
    ("GM0090", "2022X005"): "Smallingerland",
    ("GM0263", "2018X005"): "Maasdriel",
    ("GM0277", "2019X005"): "Rozendaal",
    ("GM0743", "2021X005"): "Asten",
    ("GM0907", "2021X000"): "Gennep",
    ("GM1658", "2018X005"): "Heeze-Leende",
}
"""Reports that hold the figures of another municipality or year, which nobody takes."""

OTHER_BALANCES = {
    (name, period[:4]) for (_, period), name in OF_ANOTHER.items() if period.endswith("X005")
}

Amounts = Mapping[str, Mapping[str, float]]
"""Amounts by municipality and taakveld; who did not deliver is not in it."""

Key = tuple[str, str, str, str]
"""Report, municipality, taakveld and peer group."""


@dataclass(frozen=True)
class Report:
    """Amounts by municipality and taakveld, the people, who delivered, and who is a peer."""

    name: str
    codes: list[str]
    taakvelden: list[str]
    keur: Floats
    people: Floats
    delivered: Flags
    is_peer: Flags

    @cached_property
    def values(self) -> Floats:
        """Euro per inhabitant in six decimals, as it is published: halves away from zero."""
        millionths = np.abs(self.keur).astype(np.int64) * 1_000_000_000
        people = self.people.astype(np.int64)[:, None]
        rounded = (2 * millionths + people) // (2 * people)
        return np.asarray(np.sign(self.keur) * rounded / 1_000_000)


def lines(path: Path) -> Iterator[dict[str, str]]:
    """Read the rows of a file of comma-separated values, packed or not, but those of another."""
    packed = path.read_bytes()
    text = gzip.decompress(packed) if path.suffix == ".gz" else packed
    rows = csv.DictReader(text.decode("utf-8-sig").splitlines())
    yield from (row for row in rows if not _is_of_another(row))


def _is_of_another(row: Mapping[str, str]) -> bool:
    """Say whether it is of a report that holds the figures of another municipality or year."""
    if "ultimo_keur" in row:
        return (row["gemeente"], row["jaar"]) in OTHER_BALANCES
    return (row.get("gm_code"), row.get("verslagsoort")) in OF_ANOTHER


def amounts_path(data: Path) -> Path:
    return data / "iv3" / "iv3_lasten_per_taakveld_2017_2026.csv.gz"


def inhabitants(data: Path, year: int) -> dict[str, int]:
    path = data / "bevolking" / "inwoners_per_gemeente_2017_2026.csv"
    return {
        row["gm_code"]: int(row["aantal_inwoners"])
        for row in lines(path)
        if row["jaar"] == str(year)
    }


def delivered_amounts(data: Path, years: Sequence[int], suffix: str) -> dict[int, Amounts]:
    """Read what each municipality delivered of a kind of report, year by year."""
    found: dict[int, dict[str, dict[str, float]]] = {year: {} for year in years}
    wanted = {f"{year}{suffix}": found[year] for year in years}
    for row in lines(amounts_path(data)):
        if row["verslagsoort"] in wanted:
            booked = wanted[row["verslagsoort"]].setdefault(row["gm_code"], {})
            booked[row["taakveld"]] = float(row["lasten_keur"])
    return {
        year: {code: booked for code, booked in all_of.items() if any(booked.values())}
        for year, all_of in found.items()
    }


def is_booking_choice(years: Mapping[int, Amounts], year: int, code: str, taakveld: str) -> bool:
    """Say whether an amount is a choice of booking, as its years and its siblings tell."""

    def booked(when: int, where: str = taakveld) -> float:
        mine = years.get(when, {}).get(code, {})
        return mine.get(where, np.nan)

    here, before, after = booked(year), booked(year - 1), booked(year + 1)
    siblings = {other for group in INTERCHANGEABLE if taakveld in group for other in group}
    if here == 0:
        stands_elsewhere = any(abs(booked(year, other)) > 0 for other in siblings)
        return stands_elsewhere or (abs(before) > 0 and abs(after) > 0)
    if before > 0 and after > 0 and here * 10 <= min(before, after):
        return True
    if here < 0 or np.isnan(here):
        return False
    if not np.isnan(before + after):
        return min(before, after) >= 0 and 0 < max(before, after) <= here / 2
    beyond_before, beyond_after = booked(year - 2), booked(year + 2)
    return bool(
        (before == 0 and np.isnan(after) and 0 < beyond_before <= here / 2)
        or (after == 0 and np.isnan(before) and 0 < beyond_after <= here / 2)
    )


def read_reports(data: Path, year: int, landed: Sequence[int]) -> list[Report]:
    """Read the reports of a year; `landed` are the years that a warehouse knows beside it."""
    people = inhabitants(data, year)
    rows = [row for row in lines(amounts_path(data)) if row["jaar"] == str(year)]
    codes = sorted({row["gm_code"] for row in rows})
    taakvelden = sorted({row["taakveld"] for row in rows})
    found = []
    for name, suffix in SUFFIXES.items():
        keur = np.zeros((len(codes), len(taakvelden)))
        for row in rows:
            if row["verslagsoort"] == f"{year}{suffix}":
                place = codes.index(row["gm_code"]), taakvelden.index(row["taakveld"])
                keur[place] = float(row["lasten_keur"])
        counted = np.array([people[code] for code in codes], dtype=np.float64)
        delivered = (keur != 0).any(axis=1)
        years = delivered_amounts(data, landed, suffix)
        is_peer = np.array(
            [
                [known and not is_booking_choice(years, year, code, each) for each in taakvelden]
                for code, known in zip(codes, delivered, strict=True)
            ]
        )
        found.append(Report(name, codes, taakvelden, keur, counted, delivered, is_peer))
    return found


def groups_of(data: Path, year: int, report: Report) -> dict[str, Flags]:
    """All municipalities, those of a size and those of a province, as flags per municipality."""
    path = data / "regio" / "gemeenten_per_jaar_2010_2026.csv"
    provinces = {r["gm_code"]: r["prv_code"] for r in lines(path) if r["jaar"] == str(year)}
    assert set(provinces) == set(report.codes)
    size = np.array([1 + sum(n < bound for bound in SIZE_BOUNDS) for n in report.people])
    province = np.array([provinces[code] for code in report.codes])
    groups = {"all": np.ones(len(report.codes), dtype=bool)}
    groups |= {f"size_class_{n}": size == n for n in sorted(set(size.tolist()))}
    groups |= {f"province_{code}": province == code for code in sorted(set(province.tolist()))}
    return groups


def compare(report: Report, groups: Mapping[str, Flags]) -> dict[Key, Floats]:
    """The statistics of every municipality, taakveld and group, each without itself."""
    found: dict[Key, Floats] = {}
    for group, members in groups.items():
        for place in np.flatnonzero(members):
            others = members.copy()
            others[place] = False
            figures = _held_against(report, int(place), others)
            for number, taakveld in enumerate(report.taakvelden):
                found[report.name, report.codes[place], taakveld, group] = figures[:, number]
    return found


def _held_against(report: Report, place: int, others: Flags) -> Floats:
    """The statistics of one municipality against others: a row each, a column per taakveld."""
    figures = np.full((len(STATISTICS), len(report.taakvelden)), np.nan)
    total = int(others.sum())
    for column in range(len(report.taakvelden)):
        peers = others & report.is_peer[:, column]
        n = int(peers.sum())
        figures[1:3, column] = [total, n]
        if report.delivered[place]:
            figures[0, column] = report.values[place, column]
        if n:
            figures[3:, column] = _spread(report, place, peers, column, total)
    return figures


def _spread(report: Report, place: int, peers: Flags, column: int, total: int) -> Floats:
    """Quartiles, means and percentile among peers of one taakveld."""
    values, n = report.values[peers, column], int(peers.sum())
    figures = np.full(len(STATISTICS) - 3, np.nan)
    if n >= 5:
        figures[:3] = np.percentile(values, [25, 50, 75], method="linear")
    figures[3] = report.keur[peers, column].sum() * 1000 / report.people[peers].sum()
    figures[4] = values.mean()
    if report.delivered[place] and n >= 10 and n >= 0.8 * total:
        figures[5] = (values < report.values[place, column]).sum() * 100 / n
    return figures
