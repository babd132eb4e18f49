"""What a workbook says to people who do not write SQL, in Dutch.

Text only: no cell, no query.
"""

from collections.abc import Mapping, Sequence

from doelenboom.publication.export.datapackage import LICENSE
from doelenboom.publication.manifest import Release, parquet_path

GUIDE = "Leeswijzer"
COLUMNS = "Kolommen"
ORIGINS = "Bronnen"

ANSWER = "Antwoord"
"""The sheet of a workbook of one question."""

QUESTION, HOW_TO_READ, QUERY = "Vraag", "Hoe dit te lezen", "Zoekvraag (SQL)"

COUNTED = "Rijen"
"""The heading of a column of numbers."""

GUIDE_HEADING = ("Blad", "Wat erin staat", COUNTED)
LEFT_OUT_HEADING = ("Niet in dit werkboek", "Waar het wel staat", COUNTED)
COLUMNS_HEADING = (
    *("Blad", "Kolom", "Nederlands label", "Eenheid", "Type", "Sleutel"),
    "Toelichting (Engels)",
)
ORIGINS_HEADING = (
    *("Blad", "Soort", "Titel", "Uitgever", "Adres", "Naam in de gegevens"),
    *("SHA-256 of levering", COUNTED, "Licentie"),
)
STATUSES_HEADING = ("Code van een status", "Betekenis")

WORD, TITLE = "(woord)", "(titel)"
"""What stands behind the name of a column whose words stand beside it, in a column of their own."""

CODE = "(code)"
"""What stands behind the label of a column whose words stand beside it."""

DOCUMENT = "Titel van het document"

PAGE = ("Blad", "Bladzijde", "van")
"""The words of a footer."""

KINDS: Mapping[str, str] = {
    "document": "document",
    "cbs": "tabel van CBS (Iv3, onbewerkt)",
    "text": "bron in woorden",
}

LICENCES: Mapping[str, str] = {"cbs": "CC BY 4.0, bron: CBS"}
"""Licence of a source by its kind, where it is known."""

NO_ORIGIN = (
    "De rijen van dit blad noemen zelf geen bron: zij zijn afgeleid van andere tabellen. De invoer"
    " van de uitgave staat, met SHA-256, in manifest.json bij de uitgave."
)

MANY_ORIGINS = "Elke rij van dit blad noemt zelf haar bron: te veel bronnen voor deze lijst."

TYPES: Mapping[str, str] = {
    "VARCHAR": "tekst",
    "INTEGER": "geheel getal",
    "BIGINT": "geheel getal",
    "DOUBLE": "getal",
    "DECIMAL": "getal",
    "DATE": "datum",
    "BOOLEAN": "ja of nee",
}

READING: Sequence[tuple[str, str]] = (
    (
        "Hoe een blad eruitziet",
        "Rij 1 is het Nederlandse label, rij 2 de eenheid, rij 3 de naam van de kolom in de"
        " database. Daaronder staan de gegevens, geordend naar hun sleutel. Een blad heet naar"
        " zijn tabel in de database.",
    ),
    (
        "Ontbrekende cijfers",
        "Een lege cel is geen nul: het cijfer ontbreekt. Waar een blad een kolom value_status"
        " heeft, zegt die waarom. De betekenissen staan onderaan dit blad.",
    ),
    (
        "Codes",
        "Van elke code staat het woord ervoor, in een eigen kolom. Codes zijn tekst: 0.1 is niet"
        " 0.10 en 6.6 is niet 6.60.",
    ),
    (
        "Getallen",
        "Getallen tot en met vijftien cijfers zijn exact. Een getal met meer cijfers staat als"
        " tekst in zijn cel, zodat er niets afvalt.",
    ),
    (
        "Vergelijken",
        "Iv3 is onbewerkt: zoals gemeenten het aan CBS leverden. Programma's verschillen van"
        " inhoud tussen gemeenten; vergelijk taakvelden, niet programma's.",
    ),
    (
        "Herkomst",
        f"Blad {COLUMNS} legt elke kolom uit, blad {ORIGINS} noemt de documenten en tabellen"
        " waar de rijen uit komen. De weg van één cijfer toont het commando doelenboom trace.",
    ),
)
"""How to read the sheets: a word, and what it says."""


def where_it_is(table: str, command: str, *, fits: bool) -> str:
    """Say where a table is that a workbook does not hold, and what command gives it or a part."""
    what = "Als eigen werkboek" if fits else "Een deel dat op een blad past"
    return f"Bestand {parquet_path(table)} in de map van de uitgave. {what}: {command}"


def facts(release: Release) -> list[tuple[str, str]]:
    """What the guide says of its release, then how to read the sheets."""
    return [
        (
            "Wat is dit?",
            "Tabellen uit doelenboom: wat Nederlandse gemeenten wilden, deden en uitgaven, met bij"
            " elk cijfer waar het vandaan komt.",
        ),
        ("Uitgave", release.release_id),
        ("Datum", release.run_date.strftime("%d-%m-%Y")),
        (
            "Licentie",
            f"{LICENSE['title']} (CC BY 4.0), {LICENSE['path']}. Naamsvermelding: doelenboom, uit"
            " openbare documenten van de gemeenten en instellingen die als bron genoemd zijn;"
            " Iv3 en bevolking: CBS.",
        ),
        *READING,
    ]
