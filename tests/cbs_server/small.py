"""A small CBS: two years of Iv3 and the tables around them.

Municipalities and codes are real, every figure is made up for tests.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from tests.cbs_server.tables import (
    Cell,
    Table,
    codes,
    cpi_table,
    dimension,
    iv3_rows,
    iv3_table,
    numbered,
    population_table,
    topic,
)

MUNICIPALITIES = {
    "GM0141": "Almelo",
    "GM0147": "Borne",
    "GM0153": "Enschede",
    "GM0158": "Haaksbergen",
    "GM0164": "Hengelo",
    "GM0222": "Doetinchem",
}
GELDERLAND, OVERIJSSEL = ("PV25", "Gelderland"), ("PV23", "Overijssel")
PROVINCES = {code: GELDERLAND if code == "GM0222" else OVERIJSSEL for code in MUNICIPALITIES}
TAAKVELDEN = {
    "0.10": "Mutaties reserves",
    "6.1": "Samenkracht en burgerparticipatie",
    "6.81": "Geëscaleerde zorg 18+",
    "P111": "Algemene reserve",
}
CELLS: list[Cell] = [
    ("GM0153", "X000", "6.1", "L1.1", 90.0, 90.0),
    ("GM0153", "X005", "0.10", "L7.1", 4.0, 4.0),
    ("GM0153", "X005", "6.1", "L1.1", 100.0, 101.0),
    ("GM0153", "X005", "6.1", "B3.1", 20.0, 20.0),
    ("GM0153", "X005", "6.81", "L4.3.1", -7.0, -7.0),
    ("GM0153", "X005", "P111", "Ultimo", 5000.0, 5000.0),
    ("GM0141", "X005", "6.1", "L1.1", 50.0, None),
    ("GM0147", "X005", "6.1", "L1.1", 30.0, 30.0),
    ("GM0147", "X005", "6.81", "L1.1", 8.0, 0.0),
    ("GM0164", "X005", "6.1", "L1.1", 60.0, 60.0),
    ("GM0222", "X005", "6.1", "L1.1", 70.0, 70.0),
]
"""Enschede with a correction, Almelo with a first publication only, Borne corrected to zero."""

SILENT = ("GM0158",)
"""Those of whom every cell is null."""

KEY_TOPICS = (
    ("Regioaanduiding", "Gemeentenaam", "Gemeentenaam"),
    ("Regioaanduiding", "SoortRegio", "Soort regio"),
    ("Bevolking", "AantalInwoners", "Aantal inwoners"),
    ("Leeftijdsgroepen", "k_0Tot15Jaar", "0 tot 15 jaar"),
    ("Leeftijdsgroepen", "k_15Tot25Jaar", "15 tot 25 jaar"),
    ("Leeftijdsgroepen", "k_25Tot45Jaar", "25 tot 45 jaar"),
    ("Leeftijdsgroepen", "k_45Tot65Jaar", "45 tot 65 jaar"),
    ("Leeftijdsgroepen", "k_65JaarOfOuder", "65 jaar of ouder"),
    ("Particuliere huishoudens", "HuishoudensTotaal", "Huishoudens totaal"),
    ("Particuliere huishoudens", "GemiddeldeHuishoudensgrootte", "Gemiddelde huishoudensgrootte"),
    ("Bevolking", "Bevolkingsdichtheid", "Bevolkingsdichtheid"),
    ("Inkomen van personen", "GemiddeldInkomenPerInwoner", "Gemiddeld inkomen per inwoner\xa0"),
    ("Inkomen van huishoudens", "HuishoudensMetEenLaagInkomen", "Huishoudens met een laag inkomen"),
    (
        "Sociale zekerheid",
        "PersonenPerSoortUitkeringBijstand",
        "Personen per soort uitkering; Bijstand",
    ),
    ("Oppervlakte", "OppervlakteLand", "Oppervlakte land"),
    ("Stedelijkheid", "MateVanStedelijkheid", "Mate van stedelijkheid"),
    ("Stedelijkheid", "Omgevingsadressendichtheid", "Omgevingsadressendichtheid"),
)
"""Group, key without its number, and title, as DataProperties of 84799NED has them."""


def areas_table(
    year: int,
    provinces: Mapping[str, tuple[str, str]],
    names: Mapping[str, str],
    *,
    identifier: str,
    modified: str = "2023-11-01T02:00:00",
    number: int = 26,
) -> Table:
    """Each municipality with the code and name of its province, whose columns begin at `number`.

    The municipality itself has columns titled Code and Naam as well, in another group.
    """
    code, name = f"Code_{number}", f"Naam_{number + 1}"
    rows = [
        {
            "ID": place,
            "RegioS": region.ljust(10),
            "Code_1": region,
            "Naam_2": names[region].ljust(30),
            code: province[0].ljust(6),
            name: province[1].ljust(20),
        }
        for place, (region, province) in enumerate(provinces.items())
    ]
    topics = [
        *(("Gemeenten", key, title) for key, title in (("Code_1", "Code"), ("Naam_2", "Naam"))),
        *(("Provincies", key, title) for key, title in ((code, "Code"), (name, "Naam"))),
    ]
    return Table(
        identifier,
        f"Gebieden in Nederland {year}",
        modified,
        "CBS",
        grouped([dimension("RegioS", "Regio's", "GeoDimension")], topics),
        {"RegioS": codes(names, 10)},
        pa.Table.from_pylist(rows),
    )


def key_figures_table(
    year: int,
    figures: Mapping[str, Mapping[str, float]],
    names: Mapping[str, str],
    *,
    identifier: str,
    modified: str = "2023-03-31T02:00:00",
    number: int = 1,
) -> Table:
    """Key figures of municipalities by title of a column, among rows of the country and a district.

    Columns are numbered from `number`; those without a figure are there, and empty.
    """
    keys = {title: f"{stem}_{n}" for n, (_, stem, title) in enumerate(KEY_TOPICS, number)}
    regions = {"NL00": "Land      ", "WK015300": "Wijk      "} | dict.fromkeys(
        figures, "Gemeente  "
    )
    rows = []
    for place, (region, kind) in enumerate(sorted(regions.items(), key=lambda row: row[0][2:])):
        known: dict[str, Any] = {"Soort regio": kind, **figures.get(region, {})}
        values = {key: known.get(title) for title, key in keys.items()}
        rows.append({"ID": place, "WijkenEnBuurten": region.ljust(10), **values})
    return Table(
        identifier,
        f"Kerncijfers wijken en buurten {year}",
        modified,
        "CBS",
        grouped(
            [dimension("WijkenEnBuurten", "Wijken en buurten", "GeoDetail")],
            [(group, keys[title], title) for group, _, title in KEY_TOPICS],
        ),
        {"WijkenEnBuurten": codes({"NL00": "Nederland", "WK015300": "Centrum", **names}, 10)},
        pa.Table.from_pylist(rows),
    )


def grouped(
    dimensions: Iterable[dict[str, Any]], topics: Iterable[tuple[str, str, str]]
) -> list[dict[str, Any]]:
    """Rows of DataProperties: dimensions, then topics (group, key, title) below their group."""
    rows = list(dimensions)
    groups: dict[str, int] = {}
    for group, key, title in topics:
        if group not in groups:
            groups[group] = len(rows)
            rows.append({**dimension("", group, "TopicGroup"), "ParentID": None})
        rows.append(topic(key, title, groups[group]))
    return numbered(rows)


def small_cbs() -> list[Table]:
    """Iv3, areas and key figures of 2018 and 2023, population and prices of those years.

    The figures are made up. Of Iv3, 2018 has the old spelling of its columns, and one municipality
    is silent; areas and key figures have their columns under other numbers in 2023.
    """
    inhabitants = {code: 20_000 + 1_000 * n for n, code in enumerate(MUNICIPALITIES)}
    figures = {
        code: {"Aantal inwoners": number, "Mate van stedelijkheid": 2, "Oppervlakte land": 14_000}
        for code, number in inhabitants.items()
    }
    iv3 = [
        iv3_table(
            year,
            iv3_rows(year, CELLS, SILENT, spelling),
            MUNICIPALITIES,
            TAAKVELDEN,
            identifier=identifier,
            spelling=spelling,
        )
        for year, identifier, spelling in ((2018, "45042NED", "old"), (2023, "45063NED", "new"))
    ]
    areas = [
        areas_table(year, PROVINCES, MUNICIPALITIES, identifier=identifier, number=number)
        for year, identifier, number in ((2018, "83859NED", 26), (2023, "85385NED", 28))
    ]
    key_figures = [
        key_figures_table(year, figures, MUNICIPALITIES, identifier=identifier, number=number)
        for year, identifier, number in ((2018, "84286NED", 1), (2023, "85618NED", 4))
    ]
    people = {(code, year): n for code, n in inhabitants.items() for year in (2018, 2023)}
    return [
        *iv3,
        population_table(people),
        cpi_table({2018: 103.0, 2023: 126.0}),
        *areas,
        *key_figures,
    ]
