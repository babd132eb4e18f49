"""What a chapter says beside its tables: amounts of money in its text, parties, priorities.

Every amount that no explanation used is kept here with the sentence it stands in. What a fact
means is judged by a person, so titles are the printed words.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.amounts import amounts_in
from doelenboom.sources.accounts.extraction.subjects.sections import objective_of
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, whole
from doelenboom.sources.accounts.extraction.words.texts import shortened, squeezed

LONGEST_TITLE = 100

_PARTY = whole(r"(?:bijdrage )?verbonden partij(?:en)?\s*:\s*(?P<title>\S.{1,120})", ANY_CASE)
_PRIORITY = whole(r"(?P<code>[A-Z]\d{1,2})\s*:\s+(?P<title>\S.{3,200})")
_CLOSING = anywhere(r"(?<!\.\w)\.\Z")
"""The full stop of a sentence, not that of an abbreviation (B.V.)."""
_PRODUCTS = whole(r"betrokken producten?\s*:\s*(?P<names>.+)", ANY_CASE)
_PROJECT = whole(r"bestuurlijk(?:e)? project(?:en)?\s*:?\s+(?P<title>\S.{1,120})", ANY_CASE)
_INVESTMENT = whole(
    r"(?:maatschappelijke?\s+)?investeringsopgave\s*:\s*(?P<title>\S.{1,120})", ANY_CASE
)
_NAMED = (
    ("affiliated_party", _PARTY),
    ("project", _PROJECT),
    ("investment_programme", _INVESTMENT),
)


@dataclass(frozen=True)
class Fact:
    """One fact beside the tables; `value` in thousands of euro for an amount."""

    kind: str
    title: str
    line: int
    objective: str = ""
    code: str = ""
    products: str = ""
    value: Decimal | None = None
    rounded_to: Decimal | None = None
    hedge: str = ""
    text: str = ""


def read_facts(lines: Iterable[tuple[Line, str]], used: Collection[tuple[int, int]]) -> list[Fact]:
    """Return the facts in lines (each with its section) outside the cost tables, in order.

    `used` are the places (line, offset) of amounts that explanations hold already.
    """
    facts: list[Fact] = []
    seen: set[tuple[str, str]] = set()
    objective = products = ""
    for line, section in lines:
        text = squeezed(line.text)
        opened = objective_of(text)
        objective = opened.code if opened else objective if section == "actions" else ""
        named = _PRODUCTS.fullmatch(text)
        products = "" if opened else _listed(named["names"]) if named else products
        for fact in (*_named(text, line, objective, products), *_amounts(line, objective, used)):
            if fact.kind == "amount" or (fact.kind, fact.title) not in seen:
                facts.append(fact)
            seen.add((fact.kind, fact.title))
    return facts


def _listed(text: str) -> str:
    return "|".join(squeezed(name) for name in text.split(","))


def _named(text: str, line: Line, objective: str, products: str) -> Iterator[Fact]:
    for kind, pattern in _NAMED:
        match = pattern.fullmatch(text)
        if match:
            yield Fact(kind, _CLOSING.sub("", match["title"]), line.number, objective)
    match = _PRIORITY.fullmatch(text)
    if match:
        yield Fact(
            "priority", match["title"], line.number, objective, match["code"], products=products
        )


def _amounts(line: Line, objective: str, used: Collection[tuple[int, int]]) -> Iterator[Fact]:
    is_unit = "bedragen" in line.text.lower() and len(line.text) < _LONGEST_UNIT
    if line.cells or is_unit:
        return
    for amount in amounts_in(line.text):
        if (line.number, amount.start) in used or not _LETTERS.search(line.text):
            continue
        start = line.text.rfind(". ", 0, amount.start) + 1
        title = shortened(line.text[start : amount.end + 40].strip(" •-"), LONGEST_TITLE)
        yield Fact(
            "amount", title, line.number, objective, value=amount.keur,
            rounded_to=amount.rounded_to, hedge=amount.hedge, text=amount.text,
        )  # fmt: skip


_LONGEST_UNIT = 200
_LETTERS = anywhere(r"[^\W\d]{3}")
