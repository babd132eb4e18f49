"""Real figures of CBS as published tables, from the folder of shared data given by the caller."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from tests.cbs_server.tables import Table, iv3_table, population_table

UNSPENT_ON = {
    "0.11": "Resultaat van de rekening van baten en lasten",
    "A111": "Kosten van het sluiten van geldleningen",
    "P111": "Algemene reserve",
}
"""Codes of the real dimension of which the file of amounts has no row."""


def provinces_2013(data: Path) -> Table:
    """The whole table 45012NED: 435,456 rows, properties and codes as CBS published them."""
    folder = data / "cbs_api_samples" / "v3_iv3_45012NED_provincies_2013"

    def rows(name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((folder / f"{name}.json").read_text())["value"]
        return found

    catalog = json.loads((folder / "catalog_table_row_verbatim.json").read_text())
    names = ("FunctieKostenplaatsBalanspost", "Categorie", "Verslagsoort", "Provincies")
    return Table(
        "45012NED",
        catalog["Title"],
        catalog["Modified"],
        "IV3",
        rows("DataProperties"),
        {name: rows(name) for name in names},
        pq.read_table(folder / "TypedDataSet_full_435456_rows.parquet"),
        rows("CategoryGroups"),
    )


def iv3_year(data: Path, year: int, identifier: str, reports: tuple[str, ...]) -> Table:
    """An Iv3 table with the real expenses per municipality and taakveld of a year.

    Amounts are whole thousands and stand in two categories, L1.1 and L3.8: their sum is real,
    how it is split is ours, and so are rows that must not count (a balance post, an ultimo). A
    municipality without any expenses in a report has cells without a figure there.
    """
    parameters = {
        "amounts": str(data / "iv3" / "iv3_lasten_per_taakveld_2017_2026.csv.gz"),
        "reports": [f"{year}{report}" for report in reports],
    }
    connection = duckdb.connect()
    return iv3_table(
        year,
        connection.sql(_CUBE, params=parameters).to_arrow_table(),
        _names(data / "regio" / "gemeenten_per_jaar_2010_2026.csv", "gm_code", "gm_naam", year),
        _names(data / "iv3" / "iv3_taakveldnamen_per_jaar.csv", "code", "titel", year) | UNSPENT_ON,
        identifier=identifier,
    )


def population(data: Path) -> Table:
    """Inhabitants of every municipality on 1 January, 2017 onward."""
    path = data / "bevolking" / "inwoners_per_gemeente_2017_2026.csv"
    rows = duckdb.execute("select gm_code, jaar, aantal_inwoners from read_csv($1)", [str(path)])
    return population_table({(code, year): number for code, year, number in rows.fetchall()})


def _names(path: Path, code: str, name: str, year: int) -> dict[str, str]:
    rows = duckdb.execute(
        f"select {code}, {name} from read_csv($1, all_varchar = true) where jaar = $2 order by 1",
        [str(path), str(year)],
    )
    return dict(rows.fetchall())


_CUBE = """
with amounts as (
    select
        verslagsoort, gm_code, taakveld, cast(lasten_keur as bigint) as keur,
        sum(abs(lasten_keur)) over (partition by verslagsoort, gm_code) > 0 as delivered
    from read_csv($amounts, types = {'taakveld': 'varchar', 'lasten_keur': 'double'})
    where list_contains($reports, verslagsoort)
),
cells as (
    select verslagsoort, gm_code, taakveld, 'L1.1' as category, keur // 3 as keur, delivered
    from amounts
    union all
    select verslagsoort, gm_code, taakveld, 'L3.8', keur - keur // 3, delivered from amounts
    union all
    select distinct on (verslagsoort, gm_code)
        verslagsoort, gm_code, 'A111', 'Ultimo', 7777777, delivered
    from amounts
    union all
    select distinct on (verslagsoort, gm_code)
        verslagsoort, gm_code, '0.1', 'Primo', 5555555, delivered
    from amounts
)
select
    row_number() over (order by taakveld, category, gm_code, verslagsoort) - 1 as "ID",
    rpad(taakveld, 6, ' ') as "TaakveldBalanspost",
    rpad(category, 8, ' ') as "Categorie",
    verslagsoort as "Verslagsoort",
    rpad(gm_code, 9, ' ') as "Gemeenten",
    if(delivered, cast(keur as double), null) as "k_1ePlaatsing_1",
    if(delivered, cast(keur as double), null) as "k_2ePlaatsing_2"
from cells
"""
