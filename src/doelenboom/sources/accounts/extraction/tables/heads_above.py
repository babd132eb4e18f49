"""What the document or the lines above a table say of a column whose own head does not."""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.tables.columns import columns_of
from doelenboom.sources.accounts.extraction.tables.heads import (
    YEAR,
    flows_in,
    is_phase,
    phases_in,
    without_phases,
)
from doelenboom.sources.accounts.extraction.words.texts import squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    BESIDE_COSTS,
    DOCUMENT,
    OF_A_PART,
    YEARS_AHEAD,
    section_of,
)

_ABOVE = 4
"""Lines above a table among which one may say of what its columns are."""

_TITLE_LINES = 8
"""Lines of a document among which its title stands, below the names of menus."""

_YEARS_OF_A_BUDGET = 3
"""Years one after the other, from that of the document on, that only a budget has."""

_NAMES = {
    "original_budget": "Primitieve begroting",
    "final_budget": "Gewijzigde begroting",
    "actual": "Rekening",
}


def completed(heads: Sequence[str], lines: Sequence[Line], place: int, year: int) -> list[str]:
    """Return the heads of a table that begins at a place, with the phase that is said elsewhere.

    Nothing is said of a table that holds a part or a change of what is budgeted.
    """
    above = [line for line in lines[:place] if line.text.strip()]
    near = [squeezed(line.text) for line in above[-_ABOVE:] if not line.cells]
    if any(OF_A_PART.search(text) or BESIDE_COSTS.search(text) for text in near):
        return list(heads)
    titles = (DOCUMENT.fullmatch(squeezed(line.text)) for line in above[:_TITLE_LINES])
    title = next(filter(None, titles), None)
    if _are_years_ahead(heads, near, year, in_accounts=bool(title and title["accounts"])):
        return [f"Raming {head}" if YEAR.fullmatch(head) else head for head in heads]
    budget = title and title["budget"] and title["year"] == str(year)
    named = {flow for head in heads for flow in flows_in(head)}
    of_costs = not named or named & {"expenses", "revenue", "net", "net_cost"}
    if budget and of_costs and _tell_nothing_else(near, year):
        return [_in_a_budget(head, heads, year) for head in heads]
    bare = [" ".join(head.replace(str(year), "").split()) for head in heads]
    flows = [flow for head in bare for flow in flows_in(head)]
    sides = {"expenses", "revenue"} <= {*flows} and len({*flows}) == len(flows) == len(bare)
    if not sides or "total" in flows or any(map(phases_in, bare)):
        return list(heads)
    section = next(filter(None, (section_of(line.text) for line in reversed(above))), "")
    phase = _phase_above(near, year) if section == "costs" else ""
    return [f"{phase} {head}" for head in bare] if phase else list(heads)


def _tell_nothing_else(near: Sequence[str], year: int) -> bool:
    """Say whether no line near a table in a budget names another phase or an earlier year."""
    other = [text for text in near if not DOCUMENT.fullmatch(text)]
    phases = {phase for text in other for phase in phases_in(text)}
    years = [int(found) for text in other for found in YEAR.findall(text)]
    return phases <= {"budget"} and min(years, default=year) >= year


def _phase_above(near: Sequence[str], year: int) -> str:
    """Return the phase that stands just above a table of costs, as heads of columns have it."""
    told = next((text for text in reversed(near) if phases_in(text)), "")
    of_year = {*YEAR.findall(told)[:1]} <= {str(year)}
    return _NAMES.get(phases_in(told)[0], "") if of_year and is_phase(told) else ""


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
        return f"{_NAMES['original_budget']} {without_phases(head)}"
    return f"Raming {head}" if of > year and not phases else head


def _are_years_ahead(
    heads: Sequence[str], near: Sequence[str], year: int, *, in_accounts: bool
) -> bool:
    """Say whether heads that are only years are of budgets.

    A line above says so, they begin in the year of what are no accounts and go on for years, or
    they go on behind columns of earlier years into years to come.
    """
    bare = [int(head) for head in heads if YEAR.fullmatch(head)]
    if not bare or min(bare) < year:
        return False
    if len(bare) == len(heads):
        following = bare == list(range(year, year + len(bare))) and len(bare) >= _YEARS_OF_A_BUDGET
        return any(map(YEARS_AHEAD.search, near)) or (following and not in_accounts)
    behind = columns_of(heads[: -len(bare)], year)
    return (
        bare == list(range(year, year + len(bare)))
        and len(bare) > 1
        and not any(map(YEAR.fullmatch, heads[: -len(bare)]))
        and all(each.phase and 0 < each.year < year for each in behind)
    )
