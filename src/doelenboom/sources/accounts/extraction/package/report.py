"""The report of an extraction, for the person who reviews it, in Dutch.

What was found, what to check and where, how figures were decided, which sums hold. Says nothing
that is not in the extraction.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from doelenboom.codes import labels_nl
from doelenboom.page_lines import place_nl
from doelenboom.sources.accounts.extraction.package.assembling import Extraction
from doelenboom.sources.accounts.extraction.package.comparing import ChapterComparison
from doelenboom.sources.accounts.extraction.package.proving import BROKEN, HOLDS, ROUNDING
from doelenboom.sources.accounts.extraction.proof.identities import FLOW_NAMES, PHASE_NAMES

_TABLES = {
    "programme_finance": "regels van de kostentabel",
    "budget_years": "bedragen van andere jaren",
    "reserves": "reserves",
    "goal_tree": "onderdelen van de doelenboom",
    "indicators": "eigen indicatoren",
    "statutory_indicators": "verplichte indicatoren",
    "action_points": "actiepunten",
    "variance_explanations": "toegelichte bedragen",
    "forecasts": "eerdere verwachtingen",
    "chapter_facts": "andere feiten en bedragen in de tekst",
}
_OPEN_KINDS = frozenset(
    {
        *("ambiguous_row", "unproved_row", "contradiction", "does_not_add_up", "unreadable_row"),
        *("unknown_flow", "unknown_sign", "unknown_unit", "unread_table", "unknown_column"),
        *("dash", "part_row", "same_name", "unchecked_sum"),
    }
)
"""Kinds of issue with which not all figures of the cost tables are certain."""

_PARTS = {"money": "bedragen", "other": "namen, nummers en waarden"}
MOST_ROWS = 200
_JUDGED = (
    "Niet ingevuld, omdat een mens dit beoordeelt: richting en soort streefwaarde van een"
    " indicator, status en titel in eigen woorden van een actiepunt, redenen van verschillen,"
    " soort en status van het stuk."
)


def write_report(extractions: Sequence[tuple[Extraction, ChapterComparison | None]]) -> str:
    """Return the report on some chapters as Markdown."""
    parts = ["# Verslag van het inlezen", ""]
    for extraction, comparison in extractions:
        parts += _chapter(extraction, comparison)
    parts += [_JUDGED, ""]
    return "\n".join(parts)


def _chapter(extraction: Extraction, comparison: ChapterComparison | None) -> Iterator[str]:
    chapter = extraction.chapter
    yield f"## {extraction.programme_code} {extraction.programme_name}"
    yield ""
    pages = f"{len(chapter.pages)} bladzijden, " if chapter.pages else ""
    lines = f"{pages}{chapter.line_count} regels"
    yield f"Bestand `{chapter.name}`, {lines}, SHA-256 `{chapter.sha256}`."
    yield ""
    yield _verdict(extraction)
    yield ""
    yield from _found(extraction)
    yield from _cost_table(extraction)
    yield from _to_check(extraction)
    yield from _reviewed(comparison)
    yield from _sums(extraction)
    yield from _decisions(extraction)
    if extraction.notes:
        yield from ("### Hoe de tabel is gelezen", "")
        yield from (f"- {note}" for note in extraction.notes)
        yield ""


def _verdict(extraction: Extraction) -> str:
    """Say in two sentences whether the money is proved and how much there is to check."""
    broken = sum(found.status == BROKEN for found in extraction.sums)
    open_rows = sum(
        row["value_status"] in ("partially_reported", "not_captured")
        for row in extraction.tables["programme_finance"]
    )
    kinds = Counter(issue.kind for issue in extraction.issues if issue.kind in _OPEN_KINDS)
    if not extraction.tables["programme_finance"]:
        money = "Er is geen kostentabel gelezen."
    elif broken or open_rows:
        money = (
            f"Van de kostentabel zijn {open_rows} rijen niet geheel vastgesteld;"
            f" {broken} sommen sluiten niet."
        )
    elif kinds:
        money = "Niet alle cijfers van de kostentabel staan vast."
    elif not extraction.sums:
        money = "De kostentabel is gelezen, maar heeft geen som waaraan zij te toetsen is."
    else:
        money = "Alle cijfers van de kostentabel staan vast."
    names = labels_nl("issue_kind")
    told = "".join(f" {names[kind]}: {count}." for kind, count in kinds.items())
    return f"**{money}{told} Na te kijken: {len(extraction.issues)} punten.**"


def _found(extraction: Extraction) -> Iterator[str]:
    yield from ("### Wat is gevonden", "", "| wat | aantal | regels in de bron |", "|---|---|---|")
    for table, name in _TABLES.items():
        rows = extraction.tables[table]
        lines = [row["source_line"] for row in rows]
        span = f"{min(lines)}–{max(lines)}" if lines else "–"
        yield f"| {name} | {len(rows)} | {span} |"
    yield ""


def _cost_table(extraction: Extraction) -> Iterator[str]:
    """Show the cost table as it was read, to hold beside the page; what is open is a question."""
    rows = extraction.tables["programme_finance"]
    if not rows:
        return
    yield from ("### De kostentabel zoals ingelezen (€ 1.000)", "")
    yield f"| regel | post | | {' | '.join(PHASE_NAMES.values())} |"
    yield "|---|---|---|" + "---:|" * len(PHASE_NAMES)
    for row in rows[:MOST_ROWS]:
        amounts = [_amount(row[f"{phase}_keur"], row["value_status"]) for phase in PHASE_NAMES]
        item, flow = row["line_item"].replace("|", "\\|"), FLOW_NAMES[row["flow"]]
        yield f"| {row['source_line']} | {item} | {flow} | {' | '.join(amounts)} |"
    if len(rows) > MOST_ROWS:
        yield from ("", f"En nog {len(rows) - MOST_ROWS} rijen, in `programme_finance.csv`.")
    yield ""


def _amount(value: Decimal | None, status: str) -> str:
    if value is None:
        return "?" if status in ("partially_reported", "not_captured") else ""
    return f"{value.normalize():,f}".translate(str.maketrans(",.", ".,"))


def _to_check(extraction: Extraction) -> Iterator[str]:
    yield from ("### Wat na te kijken", "")
    if not extraction.issues:
        yield from ("Niets.", "")
        return
    kinds = labels_nl("issue_kind")
    order = list(kinds)
    issues = sorted(extraction.issues, key=lambda issue: (order.index(issue.kind), issue.line))
    for kind, group in groupby(issues, key=lambda issue: issue.kind):
        yield from (f"**{kinds[kind]}**", "")
        for issue in group:
            candidates = f" Mogelijk: {'; '.join(issue.candidates)}." if issue.candidates else ""
            text = f" `{issue.text}`" if issue.text else ""
            place = place_nl(issue.line, extraction.chapter.pages)
            yield f"- {place}:{text} {issue.problem}{candidates}"
        yield ""


def _reviewed(comparison: ChapterComparison | None) -> Iterator[str]:
    if comparison is None:
        return
    yield from ("### Naast het nagekeken hoofdstuk", "")
    yield from ("| wat | nagekeken | ingelezen | gelijk |", "|---|---|---|---|")
    for score in comparison.scores:
        table, _, part = score.kind.partition(", ")
        name = f"{_TABLES[table]}: {_PARTS[part]}"
        yield f"| {name} | {score.reviewed} | {score.extracted} | {score.right} |"
    yield ""
    yield f"Andere verschillen met een vastgelegde reden: {len(comparison.named)}."
    yield ""


def _sums(extraction: Extraction) -> Iterator[str]:
    counts = Counter(found.status for found in extraction.sums)
    yield from ("### Sommen", "")
    if not extraction.sums:
        yield from ("Geen som gevonden waaraan de cijfers te toetsen zijn.", "")
        return
    yield (
        f"{counts[HOLDS]} sommen sluiten precies, {counts[ROUNDING]} op afronding na,"
        f" {counts[BROKEN]} niet. Wat niet precies sluit:"
    )
    yield from ("", "| som | regel | verschil (€ 1.000) | oordeel |", "|---|---|---|---|")
    for found in extraction.sums:
        if found.status != HOLDS:
            difference = f"{found.difference.normalize():f}".replace(".", ",")
            yield f"| {found.name} | {found.line} | {difference} | {found.status} |"
    yield ""


def _decisions(extraction: Extraction) -> Iterator[str]:
    if not extraction.decisions:
        return
    yield from ("### Rijen die op meer manieren te lezen waren", "")
    for decision in extraction.decisions:
        names = "; ".join(decision.identities[:3])
        more = f" en {len(decision.identities) - 3} meer" if len(decision.identities) > 3 else ""  # noqa: PLR2004
        yield (
            f"- {place_nl(decision.line, extraction.chapter.pages)}: `{decision.text}`"
            f" ({decision.readings} lezingen),"
            f" beslist door: {names}{more}."
        )
    yield ""
