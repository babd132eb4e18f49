"""What a controller reads of a refusal, in Dutch: the rule that was broken, and what was expected.

Text only. A rule of the accounts package has its name in `rules`; the others are those of this
room.
"""

from collections.abc import Mapping

from frictionless import Field

ROW_KIND = "Soort rij"
"""The head of a column in which an example says that it is one."""

EXAMPLE = "voorbeeld"

FOUND, RULE, EXPECTED = "Gevonden", "Waarom geweigerd", "Verwacht"
CORRECTS = "Hoort bij levering (SHA-256)"
ADDED_COLUMNS = (ROW_KIND, FOUND, RULE, EXPECTED, CORRECTS)
"""Columns that we put beside those of a table; they are not read as figures."""

DATA_SHEET, REFUSALS_SHEET = "Gegevens", "Geweigerd"
GUIDE_SHEET, CHOICES_SHEET = "Uitleg", "Keuzelijsten"
CHOICES_OF = "Keuzes voor {0}"
OWN_SHEETS = (REFUSALS_SHEET, GUIDE_SHEET, CHOICES_SHEET)
"""Sheets that we put beside those of a table: no figures stand in them."""

REFUSALS_HEADING = ("Bestand", "Blad", "Rij", "Kolom", FOUND, RULE, EXPECTED)
GUIDE_HEADING = (
    *("Kolom", "Naam in de gegevens", "Toelichting (Engels)", "Eenheid", "Verplicht", "Keuzes"),
)
PUBLISHED = "Zij is gepubliceerd, uit {source_document}, regel {source_line}."
MADE_UP = "Zij is verzonnen."
TEMPLATE_TOLD = (
    "Vul het eerste blad in, één rij per regel, en zet het bestand in de map inbox.",
    "De voorbeeldrij blijft buiten beschouwing en mag blijven staan.",
    "{source}",
    "Een lege cel is geen nul: laat leeg wat er niet is. Nul schrijf je als 0.",
    "Staat een bedrag in euro, zet dan (in euro) in de kop in plaats van x € 1.000.",
)

FILES: Mapping[str, tuple[str, str]] = {
    "empty_file": ("leeg bestand", "een kopregel met daaronder rijen"),
    "not_text": ("geen tekst", "een CSV-bestand of een werkboek (.xlsx)"),
    "encoding": ("tekenset", "tekst in UTF-8, UTF-16 met BOM of Windows-1252"),
    "quotes": ("aanhalingstekens", "aanhalingstekens die gesloten of verdubbeld zijn"),
    "large_file": ("te groot", "een bestand van hoogstens 20 MB"),
    "columns": ("te veel kolommen", "hoogstens 300 kolommen"),
    "rows": ("te veel rijen", "hoogstens 20.000 gevulde rijen in een bestand"),
    "sheets": ("te veel bladen", "hoogstens 50 bladen"),
    "inflated": ("te groot", "een werkboek van hoogstens 200 MB als het is uitgepakt"),
    "damaged": ("onleesbaar werkboek", "een werkboek dat Excel zelf heeft bewaard als .xlsx"),
    "old_workbook": (
        "oud of beveiligd werkboek",
        "een werkboek zonder wachtwoord: kies in Excel Opslaan als, Excel-werkmap (.xlsx)",
    ),
    "macros": (
        "werkboek met macro's",
        "een werkboek zonder macro's: kies in Excel Opslaan als, Excel-werkmap (.xlsx)",
    ),
    "other_workbook": (
        "ander soort bestand",
        "een werkboek als .xlsx: kies Opslaan als, Excel-werkmap (.xlsx); of een CSV-bestand",
    ),
    "limits": ("te zwaar om te lezen", "een bestand dat binnen een halve minuut te lezen is"),
    "no_table": (
        "geen bekende kop",
        "een kopregel van een van de tabellen; doelenboom inbox template toont ze",
    ),
}
"""Rules of a file or sheet as a whole: what it is called, and what was expected."""

HEADS: Mapping[str, tuple[str, str]] = {
    "no_column": ("kolom ontbreekt", "een kolom {expected}"),
    "column_twice": ("kolom staat er dubbel", "elke kolom één keer"),
    "unit": (
        "eenheid onbekend",
        "een eenheid achter de kop in {place}, of in een titel boven de tabel:"
        " (x € 1.000), (in euro) of (x € 1 miljoen)",
    ),
    "which_budget": (
        "welke begroting",
        "een kop die zegt of het de begroting vóór of na wijziging is",
    ),
    "which_year": ("jaartal in de kop", "rijen van één boekjaar onder een kop met een jaartal"),
}
"""Rules of a head."""

CELLS: Mapping[str, tuple[str, str]] = {
    "formula": (
        "formule zonder waarde",
        "een waarde: open het bestand in Excel, laat het rekenen en bewaar het",
    ),
    "formula_text": ("formule als tekst", "de waarde zelf"),
    "error_value": ("foutwaarde", "een waarde"),
    "moment": ("datum of tijd", "een datum vanaf 1 maart 1900, zonder tijdstip"),
    "scaled": (
        "getal dat gedeeld door duizend wordt getoond",
        "een getal met een opmaak die toont wat er staat",
    ),
    "date_in_text": ("datum in plaats van tekst", "tekst: Excel heeft er een datum van gemaakt"),
    "truth_in_text": ("waar of onwaar in plaats van tekst", "tekst"),
    "ambiguous": (
        "dubbelzinnig getal",
        "een getal waarvan elders in het bestand blijkt of de punt of komma duizendtallen scheidt",
    ),
    "ambiguous_date": ("dubbelzinnige datum", "een datum als 31-12-2018"),
    "percentage": ("percentage als bedrag", "een bedrag"),
    "long_text": ("te lange tekst", "hoogstens 2.000 tekens"),
    "too_many_cells": ("te veel cellen", "niet meer cellen dan de kop"),
    "too_few_cells": ("te weinig cellen", "evenveel cellen als de kop"),
    "unknown_municipality": ("gemeente onbekend", "een gemeente die in het boekjaar bestond"),
    "unknown_taakveld": (
        "taakveld onbekend",
        "een taakveld van het boekjaar, als 6.1; een regel met een totaal hoort er niet bij",
    ),
    "ambiguous_taakveld": ("dubbelzinnig taakveld", "tekst: 0.1 of 0.10 is als getal hetzelfde"),
    "group_name": ("naam van de groep", "een naam met letters of cijfers, van hoogstens 60 tekens"),
    "group_taken": (
        "naam van de groep",
        "een naam die niet begint als die van een groep die iedereen heeft",
    ),
    "group_two_names": ("twee namen van een groep", "overal dezelfde naam: {expected}"),
    "group_alone": ("groep zonder anderen", "een andere gemeente dan die van de groep"),
    "no_programme": ("nummer van het programma", "een nummer, eventueel met de naam erachter"),
}
"""Rules of a cell or row that are those of reading it."""

RULES: Mapping[str, tuple[str, str]] = {
    "type": ("soort waarde", "{expected}"),
    "key": ("dubbel", "elke {expected} één keer"),
    "municipality": ("gemeente onbekend", "een gemeente die in het boekjaar bestond"),
    "measure": ("geen cijfer", "een cijfer, of een status die zegt waarom het er niet is"),
    "revenue_sign": ("baten met een min", "baten als positieve bedragen"),
    "sum": ("telt niet op: {name}", "{expected}"),
    "block": (
        "hoort bij een geheel",
        "de andere rijen van het geheel in orde: zij worden samen geladen of geen",
    ),
}
"""Rules of the accounts package, and of rows that belong together."""

ROWS = {**CELLS, **RULES}

TRUTHS = ("ja", "nee")
YES, NO = ("ja", "waar", "true", "yes"), ("nee", "onwaar", "false", "no")

OTHERWISE = "een andere som: zie de rij van het totaal of verschil"

LEFT_OUT = "kolom niet gelezen: {0}"
MORE_REFUSED = "{0} weigeringen; getoond worden de eerste"
NOT_READ = "blad niet gelezen, geen bekende kop: {0}"
HIDDEN = "verborgen blad niet gelezen: {0}"


_TAKEN: Mapping[str, str] = {
    "number": "een getal van hoogstens 15 cijfers voor en 3 achter de komma",
    "boolean": "ja of nee",
    "date": "een datum als 31-12-2018",
}


def expected_of(field: Field, choices: Mapping[str, str]) -> str:
    """Say what a field takes; of codes the word of each, by which it may be given too."""
    limits = field.constraints
    if choices:
        return "een van: " + "; ".join(choices.values())
    if "pattern" in limits:
        return f"tekst van de vorm {limits['pattern']}"
    match field.type:
        case "integer":
            least, most = limits.get("minimum"), limits.get("maximum")
            bounds = f" van {least} tot en met {most}" if most else f" vanaf {least}"
            return "een geheel getal" + (bounds if least is not None else "")
        case _:
            return _TAKEN.get(field.type, "een waarde")
