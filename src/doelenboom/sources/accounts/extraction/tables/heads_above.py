"""What the lines above a table, or the heads beside it, say of a column whose own head does not."""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.tables.columns import columns_of
from doelenboom.sources.accounts.extraction.tables.heads import YEAR, flows_in, is_phase, phases_in
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, whole
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    OF_A_PART,
    YEARS_AHEAD,
    section_of,
)

_ABOVE = 4
"""Lines above a table among which one may say of what its columns are."""

_TITLE = whole(r"(?:programma)?begroting\s+(20\d\d)(?:\s?[-–/]\s?(?:20)?\d\d)?", ANY_CASE)
"""The title of a budget: what is budgeted in it is as it was adopted."""


def completed(heads: Sequence[str], lines: Sequence[Line], place: int, year: int) -> list[str]:
    """Return the heads of a table that begins at a place, with the phase that is said elsewhere."""
    above = [line for line in lines[:place] if line.text.strip()]
    near = [line.text.strip() for line in above[-_ABOVE:] if not line.cells]
    if _are_years_ahead(heads, near, year):
        return [f"Raming {head}" if YEAR.fullmatch(head) else head for head in heads]
    bare = [" ".join(head.replace(str(year), "").split()) for head in heads]
    flows = [flow for head in bare for flow in flows_in(head)]
    sides = {"expenses", "revenue"} <= {*flows} and len({*flows}) == len(flows) == len(bare)
    if not sides or "total" in flows or any(map(phases_in, bare)):
        return list(heads)
    section = next(filter(None, (section_of(line.text) for line in reversed(above))), "")
    first = above[0].text.strip() if above else ""
    phase = _phase_above(first, near, year) if section == "costs" else ""
    return [f"{phase} {head}" for head in bare] if phase else list(heads)


def _phase_above(first: str, near: Sequence[str], year: int) -> str:
    """Return the phase that stands just above a table of costs, as heads of columns have it.

    A budget that does not say which is the adopted one where it is the document's title.
    """
    told = next((text for text in reversed(near) if phases_in(text)), "")
    of_year = {*YEAR.findall(told)[:1]} <= {str(year)}
    if not of_year or any(map(OF_A_PART.search, near)):
        return ""
    if told == first:
        return _NAMES["original_budget"] if _TITLE.fullmatch(told) else ""
    return _NAMES.get(phases_in(told)[0], "") if is_phase(told) else ""


_NAMES = {
    "original_budget": "Primitieve begroting",
    "final_budget": "Gewijzigde begroting",
    "actual": "Rekening",
}


def _are_years_ahead(heads: Sequence[str], near: Sequence[str], year: int) -> bool:
    """Say whether heads that are only years are of budgets.

    A line above says so, or they go on behind columns of earlier years into years to come.
    """
    bare = [int(head) for head in heads if YEAR.fullmatch(head)]
    if not bare or min(bare) < year:
        return False
    if len(bare) == len(heads):
        return any(map(YEARS_AHEAD.search, near))
    behind = columns_of(heads[: -len(bare)], year)
    return (
        bare == list(range(year, year + len(bare)))
        and len(bare) > 1
        and not any(map(YEAR.fullmatch, heads[: -len(bare)]))
        and all(each.phase and 0 < each.year < year for each in behind)
    )
