"""Why the outcome differs from the budget: amounts in words, tied to subjects, with their sign.

Under the cost table each amount in a sentence about an advantage or a disadvantage becomes a
row: the first of the section is the headline, the first of a subject its component, others are
parts of it or comparisons. Every other amount is left to `facts`. Reasons are judged by a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.amounts import Amount, amounts_in
from doelenboom.sources.accounts.extraction.subjects.explanations.directions import (
    beside_budget,
    direction_of,
    is_no_difference,
    nature_of,
)
from doelenboom.sources.accounts.extraction.subjects.explanations.sentences import (
    Sentence,
    sentences_of,
)
from doelenboom.sources.accounts.extraction.subjects.explanations.tables import (
    ExplainedRow,
    read_table_rows,
)
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, opening
from doelenboom.sources.accounts.extraction.words.texts import has_words, shortened
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    BAD,
    COMPARED,
    GENERAL_SUBJECT,
    GOOD,
    RESULT_WORD,
    STAGES,
    TOTAL_ITEM,
)

ALIKE = 0.9


_FORECAST = anywhere(
    r"ging(?:en)? (?:we|wij)[^.;]{0,250}uit van|verwacht(?:ten)?\b[^.;]{0,250}\bbij de", ANY_CASE
)
_PART = opening(r"\s*(?:miljoen\s*)?(?:euro\s*)?het gevolg van|[^.;]{0,20}\bveroorzaakt", ANY_CASE)


@dataclass(frozen=True)
class Explanation:
    """One explained amount in thousands of euro, positive where it is an advantage."""

    role: str
    subject: str
    keur: Decimal | None
    text: str
    rounded_to: Decimal
    hedge: str
    nature: str
    line: int
    line_item: str = ""
    parent: int | None = None


@dataclass(frozen=True)
class Forecast:
    """What an earlier document of the year expected of the outcome, as printed."""

    stage: str
    line_item: str
    keur: Decimal
    text: str
    rounded_to: Decimal
    hedge: str
    line: int


@dataclass(frozen=True)
class Prose:
    """What the explanations say: rows, forecasts, doubts, and the amounts that were used."""

    rows: tuple[Explanation, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    issues: tuple[Issue, ...] = ()
    used: frozenset[tuple[int, int]] = frozenset()


def read_explanations(
    lines: Sequence[Line],
    sections: Sequence[str],
    programme: str,
    variances: Mapping[str, Decimal | None],
    items: Sequence[str],
) -> Prose:
    """Read the explanations of a chapter.

    `variances` holds the net variance of each line item that the cost table has, in thousands of
    euro, positive where it is an advantage; `items` are names of lines and products.
    """
    section = [line for line, name in zip(lines, sections, strict=True) if name == "explanations"]
    above = [line for line, name in zip(lines, sections, strict=True) if name == "costs"]
    rows, issues, taken = read_table_rows(section, above)
    reader = _ExplanationReader(programme, variances, items)
    reader.issues += issues
    for row in rows:
        reader.add_row(row)
    for sentence in sentences_of([line for line in section if line.number not in taken]):
        reader.read(sentence)
    return Prose(
        tuple(reader.rows), tuple(reader.forecasts), tuple(reader.issues), frozenset(reader.used)
    )


def _is_general(sentence: Sentence) -> bool:
    """Say whether a sentence is about the programme, not about a part of it."""
    return not sentence.subject or bool(GENERAL_SUBJECT.fullmatch(sentence.subject))


class _ExplanationReader:
    """Gives each amount its role and sign, in the order of the text."""

    def __init__(
        self, programme: str, variances: Mapping[str, Decimal | None], items: Sequence[str]
    ) -> None:
        self.rows: list[Explanation] = []
        self.forecasts: list[Forecast] = []
        self.issues: list[Issue] = []
        self.used: set[tuple[int, int]] = set()
        self._programme, self._variances, self._items = programme, variances, items
        self._components: dict[str, int] = {}

    def read(self, sentence: Sentence) -> None:
        for n, amount in enumerate(amounts_in(sentence.text)):
            if self._is_forecast(sentence, amount):
                self._add_forecast(sentence, amount)
            elif self._is_explained(sentence, amount, n):
                self._add(sentence, amount)

    def add_row(self, row: ExplainedRow) -> None:
        """Take a row of a table as a component."""
        self.rows.append(
            Explanation(
                "component",
                row.subject,
                row.keur,
                row.text,
                row.rounded_to,
                "",
                row.nature,
                row.line,
                self._item(row.subject),
            )
        )

    def _is_forecast(self, sentence: Sentence, amount: Amount) -> bool:
        clause = sentence.text[: amount.end].rsplit(";", 1)[-1]
        return bool(_FORECAST.search(clause))

    def _add_forecast(self, sentence: Sentence, amount: Amount) -> None:
        stage = next((s for s, pattern in STAGES if pattern.search(sentence.text)), "")
        known = {forecast.stage for forecast in self.forecasts}
        item = TOTAL_ITEM if _is_general(sentence) else self._item(sentence.subject)
        if stage and stage not in known and item:
            sign = -1 if BAD.search(sentence.text) else 1
            self.forecasts.append(
                Forecast(
                    stage, item, sign * amount.keur, amount.text, amount.rounded_to,
                    amount.hedge, sentence.line,
                )
            )  # fmt: skip
            self.used.add((sentence.line, sentence.start + amount.start))

    def _is_explained(self, sentence: Sentence, amount: Amount, n: int) -> bool:
        text = sentence.text
        if sentence.bullet and n == 0:
            return True
        if is_no_difference(text, amount):
            return False
        if sentence.subject in self._components and _PART.match(text[amount.end :]):
            return True
        if GOOD.search(text) or BAD.search(text) or RESULT_WORD.search(text):
            return True
        return bool(not _is_general(sentence) and beside_budget(text, amount))

    def _add(self, sentence: Sentence, amount: Amount) -> None:
        role, parent = self._role(sentence, amount)
        subject = self._subject(sentence, amount, role)
        item = self._item(subject) if role == "component" else ""
        sign = direction_of(sentence.text, amount) or self._sign_from_table(item, amount)
        if not sign and parent is not None:
            sign = 1 if (self.rows[parent - 1].keur or 0) > 0 else -1
        if not sign and role == "comparator" and self.rows and self.rows[0].keur:
            sign = 1 if self.rows[0].keur > 0 else -1
            self._doubt(sentence, amount, "Richting uit het hoofdbedrag afgeleid.")
        if not sign:
            self._doubt(sentence, amount, "Voordeel of nadeel blijkt niet uit de tekst.")
        row = Explanation(
            role, subject, sign * amount.keur if sign else None, amount.text, amount.rounded_to,
            amount.hedge, nature_of(sentence.text, amount) if role == "comparator" else "",
            sentence.line, item, parent,
        )  # fmt: skip
        self.rows.append(row)
        self.used.add((sentence.line, sentence.start + amount.start))
        if role == "component":
            self._components[sentence.subject] = len(self.rows)

    def _role(self, sentence: Sentence, amount: Amount) -> tuple[str, int | None]:
        """Say what an amount is to its subject, and the row that it is a part of."""
        if _is_general(sentence):
            headline = any(row.role == "headline" for row in self.rows)
            return ("comparator" if headline else "headline"), None
        component = self._components.get(sentence.subject)
        if component is None:
            return "component", None
        part = _PART.match(sentence.text[amount.end :])
        if part or not COMPARED.search(sentence.text):
            return "sub_component", component
        return "comparator", None

    def _subject(self, sentence: Sentence, amount: Amount, role: str) -> str:
        if role == "headline":
            return self._programme
        after = sentence.text[amount.end :]
        if role == "comparator" and not self._components.get(sentence.subject):
            named = [name for name in self._items if name.lower() in after.lower()]
            if len(named) == 1:
                at = after.lower().index(named[0].lower())
                return after[at : at + len(named[0])]
        return sentence.subject or self._programme

    def _item(self, subject: str) -> str:
        """Return the line or product that a subject names, none where several may be meant."""
        low = subject.lower()
        same = [item for item in self._items if item.lower() == low]
        alike = [i for i in self._items if SequenceMatcher(None, i.lower(), low).ratio() >= ALIKE]
        within = [i for i in self._items if has_words(i.lower(), low)]
        for found in (same, alike, within):
            if len(set(found)) == 1:
                return found[0]
        return ""

    def _sign_from_table(self, item: str, amount: Amount) -> int:
        """Return the sign of a line's own variance where the amount is that variance."""
        variance = self._variances.get(item)
        if variance is None or abs(abs(variance) - amount.keur) > amount.rounded_to:
            return 0
        return 1 if variance > 0 else -1

    def _doubt(self, sentence: Sentence, amount: Amount, problem: str) -> None:
        text = shortened(sentence.text)
        self.issues.append(Issue(sentence.line, "direction", text, problem, (amount.text,)))
