"""The tables that a file may hold, and the words that may stand above their columns.

The words are those of the project: names of columns, labels of the glossary; beside them the few
that municipalities put there instead.
"""

import csv
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from frictionless import Field, Package, Resource

from doelenboom.codes import labels_nl
from doelenboom.glossary import Term, term
from doelenboom.sources.accounts.extraction.words.patterns import anywhere
from doelenboom.sources.accounts.package import DELIVERABLE, read_descriptor
from doelenboom.sources.inbox.tables.units import without_unit

SOURCE_COLUMNS = ("source_document", "source_line")
"""What a delivered row says of itself: the file that was read, and where in it."""

MADE_COLUMNS = (*SOURCE_COLUMNS, "peer_group_code")
"""Columns that are made for a row and never read from it."""

SOURCES_OF: Mapping[str, str] = {
    "revenue_source_line": "revenue_actual_keur",
    "verdict_source_line": "verdict_stated",
    "change_source_line": "change_stated",
    "explanation_source_line": "explanation",
}
"""Places of a second figure of a row, which in a delivered row is on the same line."""

KEUR = "_keur"
"""Amounts in thousands of euro end so."""

OTHER_WORDS: Mapping[str, tuple[str, ...]] = {
    "municipality_code": ("gemeente", "gemeentecode", "gemeentenaam", "municipality"),
    "fiscal_year": ("jaar", "boekjaar", "begrotingsjaar", "verslagjaar", "dienstjaar", "year"),
    "programme_code": ("programma", "programmanummer", "programmacode", "nr programma"),
    "programme_name": ("programmanaam", "omschrijving programma"),
    "portfolio_holder": ("wethouder", "portefeuillehouder"),
    "line_item": ("product", "productnaam", "omschrijving", "kostenregel", "regel"),
    "flow": ("stroom", "lasten baten", "lasten of baten", "baten lasten", "l b"),
    "is_total": ("totaalregel", "is totaal"),
    "amount_keur": ("bedrag",),
    "amount_year": ("jaar van het bedrag", "jaar bedrag", "bedragjaar"),
    "phase": ("fase",),
    "reserve_name": ("reserve", "reservenaam", "naam reserve"),
    "opening_keur": ("stand 1 januari", "stand per 1 januari", "stand 1 1", "beginstand"),
    "interest_keur": ("rente", "toegevoegde rente"),
    "added_keur": ("toevoeging", "toevoegingen", "dotatie", "dotaties", "storting", "stortingen"),
    "withdrawn_keur": ("onttrekking", "onttrekkingen"),
    "closing_keur": ("stand 31 december", "stand per 31 december", "stand 31 12", "eindstand"),
    "indicator_code": ("indicatorcode", "nr", "nummer", "indicatornummer"),
    "indicator_name": ("indicator", "naam indicator", "omschrijving indicator"),
    "unit": ("eenheid", "meeteenheid"),
    "direction": ("richting", "gewenste richting"),
    "score_year": ("meetjaar", "jaar score"),
    "score": ("realisatie", "resultaat", "waarde", "score"),
    "previous_score": ("vorige score", "score vorig jaar"),
    "target": ("streefwaarde", "doelwaarde", "norm"),
    "target_year": ("streefjaar", "jaar streefwaarde"),
    "margin_of_error": ("foutmarge", "marge"),
    "confidence_level": ("betrouwbaarheid",),
    "value_status": ("status",),
    "action_code": ("nr", "nummer", "actiepunt"),
    "title": ("titel", "naam", "omschrijving"),
    "explanation": ("toelichting",),
    "address": ("adres",),
    "sha256": ("sha 256",),
    "peer_group_name": ("groep", "groepsnaam", "vergelijkingsgroep", "eigen groep"),
    "member_code": ("lid", "deelnemer", "groepslid", "vergeleken met"),
    "set_by": ("samengesteld door", "door"),
    "report": ("verslag", "stuk", "begroting of jaarrekening", "soort stuk"),
    "taakveld_code": ("taakveld", "taakveldcode", "taakveldnummer", "nr taakveld"),
    "expenses_keur": ("lasten",),
    "revenue_keur": ("baten",),
}
"""What municipalities put above a column, beside its label. No word has two meanings in a table."""

DERIVED: Mapping[str, frozenset[str]] = {
    "programmes": frozenset({"value_status"}),
    "programme_finance": frozenset({"is_total", "value_status"}),
    "budget_years": frozenset({"is_total", "phase_basis", "value_status"}),
    "reserves": frozenset({"value_status"}),
    "goal_tree": frozenset({"value_status"}),
    "variance_explanations": frozenset({"value_status"}),
    "forecasts": frozenset({"value_status"}),
    "taakveld_amounts": frozenset({"value_status"}),
    "indicators": frozenset(
        {"value_status", "target_status", "margin_status", "measurement_basis", "direction_basis"}
    ),
    "statutory_indicators": frozenset(
        {"value_status", "target_status", "margin_status", "measurement_basis"}
    ),
}
"""Columns that follow from the others of a row where nothing stands in them (see `deriving`)."""

TELLING: Mapping[str, frozenset[str]] = {"statutory_indicators": frozenset({"policy_field"})}
"""Columns by which the head of a table is known from that of another, which need not be filled."""

NOT_READ = frozenset({"chapter_parts"})
"""Tables that follow from the rows of others."""

_BRACKETS = anywhere(r"\([^()]{0,200}\)")


@dataclass(frozen=True)
class Kind:
    """A table of the package: its name, its title in Dutch and its fields.

    `package` has no other table.
    """

    name: str
    package: Package
    code_lists: Mapping[str, str]
    """The code list of each column that has one."""
    published: Path
    """The rows of it that the project ships, if any."""

    @property
    def resource(self) -> Resource:
        """Its description."""
        return self.package.resources[0]

    @property
    def title(self) -> str:
        """What the table is called in Dutch."""
        return str(self.resource.title)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The fields by name, in their order."""
        return {field.name: field for field in self.resource.schema.fields}

    @cached_property
    def needed(self) -> frozenset[str]:
        """The columns that a file must have."""
        required = {name for name, field in self.fields.items() if field.required}
        left = required - DERIVED.get(self.name, frozenset()) - set(MADE_COLUMNS)
        return frozenset(left | TELLING.get(self.name, frozenset()))

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The columns of which one holds a figure where the row is reported."""
        return tuple(self.resource.custom.get("measures", ()))

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The column that each head means; what could mean two means none."""
        exact = {plain(word): name for name in self.fields for word in (name, self.label(name))}
        loose = [(word, name) for name in self.fields for word in set(self._loose(name))]
        counts = Counter(word for word, _ in loose)
        return {word: name for word, name in loose if counts[word] == 1} | exact

    @property
    def example(self) -> Mapping[str, str]:
        """A row that was published, else one that is made up and has no source."""
        with self.published.open(encoding="utf-8", newline="") as file:
            first = next(csv.DictReader(file), None)
        return first or {name: str(field.example or "") for name, field in self.fields.items()}

    def choices(self, name: str) -> Mapping[str, str]:
        """Give the codes that a column takes, each with its Dutch word."""
        return labels_nl(self.code_lists[name]) if name in self.code_lists else {}

    def term(self, name: str) -> Term:
        """Say what a column is called and holds."""
        return term_of(self.fields[name])

    def label(self, name: str) -> str:
        """Say what a column is called in Dutch."""
        return self.term(name).label

    def _loose(self, name: str) -> list[str]:
        label = without_unit(self.label(name))
        spellings = (name.removesuffix(KEUR), label, _BRACKETS.sub(" ", label))
        return [plain(word) for word in (*spellings, *OTHER_WORDS.get(name, ()))]


@cache
def read_kinds(seeds: Path) -> dict[str, Kind]:
    """Give the tables that a file may hold, by name; read once per process.

    A delivered row refers to rows that may have been delivered before: references are judged
    where all of them are known. It says where it stands as text, which may be a cell.
    """
    found = [_kinds_of(seeds / folder) for folder in DELIVERABLE]
    return {kind.name: kind for kinds in found for kind in kinds if kind.name not in NOT_READ}


def _kinds_of(folder: Path) -> Iterator[Kind]:
    schema = folder / "datapackage.json"
    described = json.loads(schema.read_text(encoding="utf-8"))
    lists = {
        resource["name"]: {
            field["name"]: field["constraints"]["codes"]
            for field in resource["schema"]["fields"]
            if "codes" in field.get("constraints", {})
        }
        for resource in described["resources"]
    }
    plainer = read_descriptor(schema)
    for resource in plainer["resources"]:
        resource["schema"]["foreignKeys"] = []
        for field in resource["schema"]["fields"]:
            if field["name"] in (*SOURCE_COLUMNS, *SOURCES_OF):
                field.update(type="string", constraints={})
    for resource in plainer["resources"]:
        name = resource["name"]
        package = Package.from_descriptor({"resources": [resource]})
        yield Kind(name, package, lists[name], folder / f"{name}.csv")


def term_of(field: Field) -> Term:
    """Give the words of a field: its own, else those of the glossary."""
    if field.title:
        return Term(field.title, field.description or "")
    return term(field.custom.get("doc", field.name))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Write a text without capitals, accents and signs, one blank between words."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())
