"""What the document or the lines above a table say of a column whose own head does not."""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.tables.columns import columns_of
from doelenboom.sources.accounts.extraction.tables.heads import (
    YEAR,
    flows_in,
    is_phase,
    phases_in,
)
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, whole
from doelenboom.sources.accounts.extraction.words.texts import squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    BESIDE_COSTS,
    OF_A_PART,
    YEARS_AHEAD,
    section_of,
)

_ABOVE = 4
"""Lines above a table among which one may say of what its columns are."""

_TITLE_LINES = 8
"""Lines of a document among which its title stands, below the names of menus."""

_BUDGET = whole(
    r"(?:programma|meerjaren)*-?begroting\s+(?P<year>20\d\d)(?:\s?[-–/]\s?(?:20)?\d\d)?", ANY_CASE
)
"""The title of a budget: what is budgeted in it is as it was adopted."""

_NAMES = {
    "original_budget": "Primitieve begroting",
    "final_budget": "Gewijzigde begroting",
    "actual": "Rekening",
}


def completed(heads: Sequence[str], lines: Sequence[Line], place: int, year: int) -> list[str]:
    """Return the heads of a table that begins at a place, with the phase that is said elsewhere."""
    above = [line for line in lines[:place] if line.text.strip()]
    near = [squeezed(line.text) for line in above[-_ABOVE:] if not line.cells]
    if _are_years_ahead(heads, near, year):
        return [f"Raming {head}" if YEAR.fullmatch(head) else head for head in heads]
    if _is_budget(above, near, year):
        return [_in_a_budget(head, heads, year) for head in heads]
    bare = [" ".join(head.replace(str(year), "").split()) for head in heads]
    flows = [flow for head in bare for flow in flows_in(head)]
    sides = {"expenses", "revenue"} <= {*flows} and len({*flows}) == len(flows) == len(bare)
    if not sides or "total" in flows or any(map(phases_in, bare)):
        return list(heads)
    section = next(filter(None, (section_of(line.text) for line in reversed(above))), "")
    phase = _phase_above(near, year) if section == "costs" else ""
    return [f"{phase} {head}" for head in bare] if phase else list(heads)


def _is_budget(above: Sequence[Line], near: Sequence[str], year: int) -> bool:
    """Say whether a table stands in the budget of a year, and no line near it says another thing.

    Another is a phase or year of its own, or that it holds a part of what is budgeted.
    """
    titles = [_BUDGET.fullmatch(squeezed(line.text)) for line in above[:_TITLE_LINES]]
    of_year = any(title["year"] == str(year) for title in titles if title)
    other = [text for text in near if not _BUDGET.fullmatch(text)]
    told = [phase for text in other for phase in phases_in(text)]
    years = {found for text in other for found in YEAR.findall(text)}
    return (
        of_year
        and {*told} <= {"budget"}
        and not any(OF_A_PART.search(text) or BESIDE_COSTS.search(text) for text in near)
        and all(int(found) >= year for found in years)
    )


def _phase_above(near: Sequence[str], year: int) -> str:
    """Return the phase that stands just above a table of costs, as heads of columns have it."""
    told = next((text for text in reversed(near) if phases_in(text)), "")
    of_year = {*YEAR.findall(told)[:1]} <= {str(year)}
    if not of_year or any(map(OF_A_PART.search, near)) or not is_phase(told):
        return ""
    return _NAMES.get(phases_in(told)[0], "")


def _in_a_budget(head: str, heads: Sequence[str], year: int) -> str:
    """Return a head of a table in a budget: of its year as adopted, of later years as foreseen.

    An earlier year may have been budgeted or realised, and stays what it is.
    """
    of = next(map(int, YEAR.findall(head)), 0)
    phases = phases_in(head)
    dated = any(map(YEAR.search, heads))
    if phases not in ([], ["budget"]) or (not of and (dated or not flows_in(head))):
        return head
    if of in (0, year):
        return f"{'Primitieve' if phases else _NAMES['original_budget']} {head}"
    return f"Raming {head}" if of > year and not phases else head


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
