"""The own indicators of a programme: from tables, or one by one where each has a text.

A table may stand under any heading that tells what was achieved or done; indicators without one
are read under a heading of their own.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from doelenboom.sources.accounts.extraction.indicator import ITEM, Indicator, Item, indicator_of
from doelenboom.sources.accounts.extraction.indicator_rows import Found
from doelenboom.sources.accounts.extraction.indicator_tables import read_tables
from doelenboom.sources.accounts.extraction.lines import Issue, Line, shortened, squeezed
from doelenboom.sources.accounts.extraction.scores import read_score
from doelenboom.sources.accounts.extraction.sections import objective_of

_SHARE = re.compile(r"\b\d{1,3}(?:,\d+)?\s?%")
_LONGEST_VALUE = 15


def read_indicators(
    lines: Sequence[Line], sections: Sequence[str], year: int
) -> tuple[list[Indicator], list[Issue]]:
    """Return the own indicators of a chapter, for scores of `year`."""
    within = list(zip(lines, sections, strict=True))
    found = Found()
    for name, run in groupby(within, key=itemgetter(1)):
        if name in ("", "indicators", "achieved", "actions"):
            read_tables([line for line, _ in run], year, numbered=name == "indicators", found=found)
    items, issues = found.items, found.issues
    if not items:
        items = list(_items([line for line, name in within if name == "indicators"]))
        issues = [*issues, *(issue for item in items for issue in _loose_values(item))]
    indicators = []
    for item, code in zip(items, _codes(items), strict=True):
        indicator = indicator_of(item, code, year)
        indicators.append(indicator)
        if indicator.value_status == "not_captured":
            issues += _shares_in_text(item)
    return indicators, issues


def _codes(items: Sequence[Item]) -> list[str]:
    """Return the printed numbers where each indicator has its own, else their order."""
    printed = [item.code for item in items]
    if all(printed) and len(set(printed)) == len(printed):
        return printed
    return [str(n) for n in range(1, len(items) + 1)]


def _items(section: Sequence[Line]) -> Iterator[Item]:
    """Yield each numbered indicator with what stands below it."""
    item: Item | None = None
    objective = ""
    last = (0, "")
    for line in section:
        text = squeezed(line.text)
        heading = objective_of(text)
        match = ITEM.fullmatch(text)
        order = _order(match["code"]) if match else (0, "")
        if heading:
            objective = heading.code
        elif match and order > last:
            if item:
                yield item
            last = order
            name = re.sub(r"\s*\*\d*$", "", match["name"])
            item = Item(match["code"], name, line.number, objective)
        elif item:
            item.body.append(line)
    if item:
        yield item


def _order(code: str) -> tuple[int, str]:
    number = re.match(r"\d+", code)
    return int(number[0]) if number else 0, code.lstrip("0123456789.")


def _loose_values(item: Item) -> list[Issue]:
    """Show the values below an indicator that stand under no heads; none is taken."""
    values = [
        score.text
        for line in item.body
        if len(line.text.strip()) < _LONGEST_VALUE and (score := read_score(line.text))
    ]
    problem = f"{len(values)} waarden zonder kolomkoppen; niet overgenomen."
    text = shortened(item.name)
    return [Issue(item.line, "indicator_values", text, problem, tuple(values))] if values else []


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
