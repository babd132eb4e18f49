"""The own indicators of a programme: where each begins, and where its values stand.

Values may stand behind the name, on lines below it or in cells.
"""

from collections.abc import Iterator, Mapping, Sequence

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.scores import (
    Head,
    read_heads,
    read_score,
    trailing_scores,
)
from doelenboom.sources.accounts.extraction.subjects.indicators.cells import from_tables
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import IndicatorTable
from doelenboom.sources.accounts.extraction.subjects.indicators.indicator import (
    ITEM,
    Indicator,
    Item,
    indicator_of,
)
from doelenboom.sources.accounts.extraction.subjects.indicators.statutory_names import code_of
from doelenboom.sources.accounts.extraction.subjects.sections import objective_of
from doelenboom.sources.accounts.extraction.words.patterns import (
    ANY_CASE,
    Match,
    anywhere,
    opening,
    whole,
)
from doelenboom.sources.accounts.extraction.words.texts import shortened, squeezed

_REMARKS = whole(r"(?:opmerkingen|toelichting) (?:bij|op) de indicatoren:?", ANY_CASE)
_SHARE = anywhere(r"\b\d{1,3}(?:,\d+)?\s?%")
_LETTERS = anywhere(r"[^\W\d]{3}")
_NOTE = anywhere(r"\*\d{0,9}$")
_DIGITS = opening(r"\d+")


def read_indicators(
    lines: Sequence[Line],
    sections: Sequence[str],
    year: int,
    tables: Sequence[IndicatorTable],
    names: Mapping[str, str],
) -> tuple[list[Indicator], list[Issue]]:
    """Return the own indicators of tables and of the indicator sections, for scores of `year`.

    `names` gives the code of each statutory indicator: they are no own ones.
    """
    section = [line for line, name in zip(lines, sections, strict=True) if name == "indicators"]
    own = [table for table in tables if not table.statutory]
    covered = {line for table in tables for line in table.covered}
    issues = [*_loose([line for line in section if line not in covered], names)]
    if own:
        indicators, problems = from_tables(lines, sections, own, year, names)
        return indicators, [*issues, *problems]
    heads: list[Head] = []
    items: list[Item] = []
    for item_or_heads in _items(section):
        if isinstance(item_or_heads, Item):
            items.append(item_or_heads)
        else:
            heads = heads or item_or_heads
    indicators = []
    for item in items:
        indicator, problems = _indicator(item, heads, year)
        indicators.append(indicator)
        issues += problems
    return indicators, issues


def _items(section: Sequence[Line]) -> Iterator[Item | list[Head]]:
    """Yield the heads of the table, if any, and each indicator with what stands below it."""
    item: Item | None = None
    objective = ""
    last = (0, "")
    for line in section:
        text = squeezed(line.text)
        heading = objective_of(text)
        if _REMARKS.fullmatch(text):
            break
        match = ITEM.fullmatch(text)
        order = _order(match["code"]) if match else (0, "")
        if heading:
            objective = heading.code
        elif match and order > last:
            if item:
                yield item
            last = order
            item = _item(match, line, objective)
        elif item:
            item.body.append(line)
        elif len(heads := read_heads(text)) > 1 and len(text) < 150:  # noqa: PLR2004
            yield heads
    if item:
        yield item


def _loose(section: Sequence[Line], names: Mapping[str, str]) -> Iterator[Issue]:
    """Yield lines that look like indicators but have no number or heads to read them by."""
    for line in section:
        text = squeezed(line.text)
        name, scores = trailing_scores(text)
        named = _LETTERS.search(name) and not ITEM.fullmatch(text)
        if line.cells:
            scores = [score for cell in line.cells if (score := read_score(cell))]
        enough = len(scores) > (0 if line.cells else 1)
        if named and enough and len(text) < 250 and not code_of(name, names):  # noqa: PLR2004
            problem = "Waarden zonder nummer van een indicator of koppen; niet overgenomen."
            texts = tuple(score.text for score in scores)
            yield Issue(line.number, "indicator_values", shortened(text), problem, texts)


def _item(match: Match, line: Line, objective: str) -> Item:
    name, scores = trailing_scores(match["name"])
    if len(scores) < 2:  # noqa: PLR2004
        name, scores = match["name"], []
    name = _NOTE.sub("", name).rstrip()
    return Item(match["code"], name, line.number, objective, scores=scores)


def _order(code: str) -> tuple[int, str]:
    number = _DIGITS.match(code)
    return int(number[0]) if number else 0, code.lstrip("0123456789.")


def _indicator(item: Item, heads: Sequence[Head], year: int) -> tuple[Indicator, list[Issue]]:
    scores = item.scores or [
        score
        for line in item.body
        if len(line.text.strip()) < 15 and (score := read_score(line.text))  # noqa: PLR2004
    ]
    issues = []
    if (heads and scores and len(scores) != len(heads)) or (scores and not heads):
        texts = tuple(score.text for score in scores)
        problem = f"{len(scores)} waarden bij {len(heads)} kolommen; niet overgenomen."
        issues.append(Issue(item.line, "indicator_values", shortened(item.name), problem, texts))
        scores = []
    columns = list(zip(heads, scores, strict=True)) if scores else []
    found, doubled = indicator_of(item, columns, year)
    issues += doubled
    if found.value_status == "not_captured":
        issues += _shares_in_text(item)
    return found, issues


def _shares_in_text(item: Item) -> list[Issue]:
    """Show the percentages in the text of an indicator without a score; none is taken for it."""
    return [
        Issue(
            line.number,
            "indicator_text",
            shortened(item.name),
            "Geen score gevonden; de tekst noemt percentages. Niet overgenomen.",
            tuple(dict.fromkeys(_SHARE.findall(line.text))),
        )
        for line in item.body
        if _SHARE.search(line.text) and "foutmarge" not in line.text.lower()
    ]
