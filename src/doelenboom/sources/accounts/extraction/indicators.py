"""The own indicators of a programme: where each begins, and where its values stand.

Values may stand behind the name, on lines below it or in cells.
"""

import re
from collections.abc import Iterator, Sequence

from doelenboom.sources.accounts.extraction.indicator import (
    ITEM,
    Indicator,
    Item,
    indicator_of,
    values_of,
)
from doelenboom.sources.accounts.extraction.indicator_cells import from_cells
from doelenboom.sources.accounts.extraction.lines import Issue, Line, shortened, squeezed
from doelenboom.sources.accounts.extraction.scores import (
    Head,
    read_heads,
    read_score,
    trailing_scores,
)
from doelenboom.sources.accounts.extraction.sections import objective_of

_REMARKS = re.compile(r"(?:opmerkingen|toelichting) (?:bij|op) de indicatoren:?", re.IGNORECASE)
_SHARE = re.compile(r"\b\d{1,3}(?:,\d+)?\s?%")


def read_indicators(
    lines: Sequence[Line], sections: Sequence[str], year: int
) -> tuple[list[Indicator], list[Issue]]:
    """Return the own indicators in the indicator sections, for scores of `year`."""
    section = [line for line, name in zip(lines, sections, strict=True) if name == "indicators"]
    if any(line.cells for line in section):
        found = from_cells(section, year)
        if found[0]:
            return found
    heads: list[Head] = []
    items: list[Item] = []
    issues: list[Issue] = []
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


def _item(match: re.Match[str], line: Line, objective: str) -> Item:
    name, scores = trailing_scores(match["name"])
    if len(scores) < 2:  # noqa: PLR2004
        name, scores = match["name"], []
    return Item(match["code"], re.sub(r"\s*\*\d*$", "", name), line.number, objective, scores)


def _order(code: str) -> tuple[int, str]:
    number = re.match(r"\d+", code)
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
    values = values_of(list(zip(heads, scores, strict=True)) if scores else [], year)
    found = indicator_of(item, values, scores, year)
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
