"""Published tables as values, and small hand-made ones; all figures in them are made up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import pyarrow as pa

Rows = Sequence[Mapping[str, Any]]
CELL_COLUMNS = ("TaakveldBalanspost", "Categorie", "Verslagsoort", "Gemeenten")
SPELLINGS = {
    "new": (("k_1ePlaatsing_1", "1e plaatsing"), ("k_2ePlaatsing_2", "2e plaatsing")),
    "old": (("k_1stePlaatsing_1", "1ste plaatsing"), ("k_2dePlaatsing_2", "2de plaatsing")),
}
REPORTS = ("X000", "X001", "X002", "X003", "X004", "X005")

Cell = tuple[str, str, str, str, float | None, float | None]
"""Municipality, report (`X005`), taakveld, category, first and second publication."""


@dataclass(frozen=True)
class Table:
    """One published table: its rows carry `ID`, its entities are properties and dimensions.

    `groups` are its category groups, to which codes of its dimensions may refer.
    """

    identifier: str
    title: str
    modified: str
    catalog: str
    properties: Rows
    dimensions: Mapping[str, Rows]
    rows: pa.Table = field(compare=False)
    groups: Rows = ()

    def revised(self, modified: str, rows: pa.Table | None = None) -> "Table":
        """The same table as it is published anew."""
        return replace(self, modified=modified, rows=self.rows if rows is None else rows)

    def catalog_row(self, number: int) -> dict[str, Any]:
        """What the catalog says of it."""
        return {
            "Updated": self.modified,
            "ID": number,
            "Identifier": self.identifier,
            "Title": self.title,
            "ShortTitle": self.title.strip(),
            "Modified": self.modified,
            "Catalog": self.catalog,
            "Language": "nl",
            "RecordCount": self.rows.num_rows,
            "ColumnCount": self.rows.num_columns - 1,
        }


def dimension(key: str, title: str = "", kind: str = "Dimension") -> dict[str, Any]:
    """A row of DataProperties for a dimension."""
    return {"odata.type": f"Cbs.OData.{kind}", "Type": kind, "Key": key, "Title": title or key}


def topic(key: str, title: str, group: int | None = None) -> dict[str, Any]:
    """A row of DataProperties for a column of figures."""
    return {
        "odata.type": "Cbs.OData.Topic",
        "Type": "Topic",
        "Key": key,
        "Title": title,
        "ParentID": group,
    }


def numbered(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give rows of DataProperties their ID; one that has one keeps it."""
    return [{"ID": number, "ParentID": None, **row} for number, row in enumerate(rows)]


def codes(titles: Mapping[str, str], width: int) -> list[dict[str, Any]]:
    """Rows of a dimension table, keys padded."""
    return [
        {"Key": key.ljust(width), "Title": title, "Description": None, "CategoryGroupID": None}
        for key, title in titles.items()
    ]


def iv3_rows(
    year: int, cells: Iterable[Cell], silent: Iterable[str] = (), spelling: str = "new"
) -> pa.Table:
    """The whole cube around the given cells: zero where a municipality delivered, else null.

    A (municipality, report) delivered when it has a cell; those in `silent` have rows as well.
    """
    given = {cell[:4]: cell[4:] for cell in cells}
    municipalities = sorted({key[0] for key in given} | set(silent))
    reports = sorted({key[1] for key in given})
    taakvelden = sorted({key[2] for key in given})
    categories = sorted({key[3] for key in given})
    delivered = {(key[0], key[1]) for key in given}
    second = {(key[0], key[1]) for key, values in given.items() if values[1] is not None}
    first_key, second_key = (key for key, _ in SPELLINGS[spelling])
    rows: list[dict[str, Any]] = []
    for taakveld, category, municipality, report in product(
        taakvelden, categories, municipalities, reports
    ):
        place = (municipality, report)
        zero = (
            0.0 if place in delivered else None,
            0.0 if place in second else None,
        )
        values = given.get((municipality, report, taakveld, category), zero)
        rows.append(
            {
                "ID": len(rows),
                "TaakveldBalanspost": taakveld.ljust(6),
                "Categorie": category.ljust(8),
                "Verslagsoort": f"{year}{report}",
                "Gemeenten": municipality.ljust(9),
                first_key: values[0],
                second_key: values[1],
            }
        )
    return pa.Table.from_pylist(rows)


def iv3_table(
    year: int,
    rows: pa.Table,
    municipalities: Mapping[str, str],
    taakvelden: Mapping[str, str],
    *,
    identifier: str,
    modified: str | None = None,
    spelling: str = "new",
) -> Table:
    """An Iv3 table of municipalities as dataderden.cbs.nl publishes it."""
    categories = sorted({str(key).strip() for key in rows.column("Categorie").unique().to_pylist()})
    names = ("TaakveldBalanspost", "Categorie", "Verslagsoort")
    return Table(
        identifier,
        f"Gemeenten {year} onbewerkte Iv3-data ",
        modified or f"{year + 2}-09-22T02:00:00",
        "IV3",
        numbered(
            [
                *(dimension(name) for name in names),
                dimension("Gemeenten", kind="GeoDimension"),
                *(topic(key, title) for key, title in SPELLINGS[spelling]),
            ]
        ),
        {
            "TaakveldBalanspost": codes({k: f"{k} {v}" for k, v in taakvelden.items()}, 6),
            "Categorie": codes({key: f"{key} categorie" for key in categories}, 8),
            "Verslagsoort": codes({f"{year}{r}": f"verslag {r}" for r in REPORTS}, 8),
            "Gemeenten": codes(municipalities, 9),
        },
        rows,
    )


def population_table(
    inhabitants: Mapping[tuple[str, int], int],
    *,
    identifier: str = "03759ned",
    modified: str = "2025-06-03T02:00:00",
) -> Table:
    """Inhabitants on 1 January by municipality and year, among rows for one of the sexes."""
    rows: list[dict[str, Any]] = []
    for (municipality, year), number in inhabitants.items():
        for sex, share in (("T001038", 1), ("3000   ", 2)):
            rows.append(
                {
                    "ID": len(rows),
                    "Geslacht": sex,
                    "Leeftijd": "10000",
                    "BurgerlijkeStaat": "T001019",
                    "RegioS": municipality.ljust(6),
                    "Perioden": f"{year}JJ00",
                    "BevolkingOp1Januari_1": number // share,
                    "GemiddeldeBevolking_2": None,
                }
            )
    years = sorted({year for _, year in inhabitants})
    periods = [
        {"Key": f"{year}JJ00", "Title": str(year), "Description": None, "Status": "Definitief"}
        for year in years
    ]
    return Table(
        identifier,
        "Bevolking op 1 januari en gemiddeld; geslacht, leeftijd en regio",
        modified,
        "CBS",
        numbered(
            [
                dimension("Geslacht"),
                dimension("Leeftijd"),
                dimension("BurgerlijkeStaat", "Burgerlijke staat"),
                dimension("RegioS", "Regio's", "GeoDimension"),
                dimension("Perioden", kind="TimeDimension"),
                topic("BevolkingOp1Januari_1", "Bevolking op 1 januari"),
                topic("GemiddeldeBevolking_2", "Gemiddelde bevolking"),
            ]
        ),
        {
            "Geslacht": codes({"T001038": "Totaal mannen en vrouwen", "3000": "Mannen"}, 7),
            "Leeftijd": codes({"10000": "Totaal", "10010": "0 jaar"}, 5),
            "BurgerlijkeStaat": codes({"T001019": "Totaal burgerlijke staat"}, 7),
            "RegioS": codes({municipality: municipality for municipality, _ in inhabitants}, 6),
            "Perioden": periods,
        },
        pa.Table.from_pylist(rows),
    )


def cpi_table(
    index: Mapping[int, float],
    *,
    identifier: str = "83131NED",
    base: int = 2015,
    modified: str = "2026-01-14T02:00:00",
) -> Table:
    """Yearly consumer price index, its base year = 100, among another category."""
    rows: list[dict[str, Any]] = []
    for (year, value), (category, factor) in product(
        index.items(), (("T001112  ", 1.0), ("CPI010000", 2.0))
    ):
        rows.append(
            {
                "ID": len(rows),
                "Bestedingscategorieen": category,
                "Perioden": f"{year}JJ00",
                "CPI_1": value * factor,
                "JaarmutatieCPI_5": None,
            }
        )
    periods = [
        {"Key": f"{year}JJ00", "Title": str(year), "Description": None, "Status": "Definitief"}
        for year in index
    ]
    titles = {"T001112": "000000 Alle bestedingen", "CPI010000": "010000 Voedingsmiddelen"}
    return Table(
        identifier,
        f"Consumentenprijzen; prijsindex {base}=100",
        modified,
        "CBS",
        numbered(
            [
                dimension("Bestedingscategorieen", "Bestedingscategorieën"),
                dimension("Perioden", kind="TimeDimension"),
                topic("CPI_1", "CPI"),
                topic("JaarmutatieCPI_5", "Jaarmutatie CPI"),
            ]
        ),
        {"Bestedingscategorieen": codes(titles, 9), "Perioden": periods},
        pa.Table.from_pylist(rows),
    )
