"""What heads of columns name: a phase of the budget, a year, a flow, one each or all in one line.

What follows for the columns of a table is decided in `layout`.
"""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, opening, whole
from doelenboom.sources.accounts.extraction.words.texts import squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    FLOW_HEADS,
    FROM_FIRST,
    NO_AMOUNT,
    OF_A_PART,
    PHASES,
    WHICH_BUDGET,
)

Head = tuple[str, str, str]
"""A phase, its year and a flow, each empty where none is printed."""

_BEHIND = 20
"""Characters behind the last head of a text that may still be about it."""

_PHASE = anywhere(
    "|".join(f"(?P<p{n}>{pattern})" for n, (_, pattern) in enumerate(PHASES)), ANY_CASE
)
_FLOW = anywhere(
    "|".join(rf"(?P<f{n}>{pattern})" for n, (_, pattern) in enumerate(FLOW_HEADS)), ANY_CASE
)
_RESULT = whole(r"(?:gerealiseerd\s)?resultaat(?:\s20\d\d)?", ANY_CASE)
_OUTCOME = anywhere(r"gerealiseerd(?=\s+(?:totaal)?(?:saldo|resultaat))", ANY_CASE)
"""What a balance below a head of any phase may be called as a whole."""

_PLAIN_SALDO = anywhere(r"saldo|resultaat", ANY_CASE)
YEAR = anywhere(r"(?<!\d)20\d\d(?!\d)")
_NOT_HEADS = anywhere(
    r"bedragen[^A-Z€]{0,40}?(?:x|in|\*)\s*+(?:€|euro)?\s*+[\d.]*+\s*+(?:euro'?s?)?"
    r"|overzicht van baten en lasten",
    ANY_CASE,
)
_ANYYEAR = anywhere(r"20\d\d")
_NOTE = anywhere(
    r"[⁰¹²³⁴-⁹⁽⁾]{1,6}|(?<=20\d\d) ?\(?\d{1,2}\)|(?<=[a-z]) ?\(?\d\)|(?<=\w)\*{1,3}", ANY_CASE
)
_YEAR_BEFORE = anywhere(r"20\d\d[\s\n]{0,3}$")
_BROKEN = anywhere("(?<=[a-z])- ?(?=[a-z])")
_YEAR_BEHIND = opening(r"\s*(20\d\d)")


def without_notes(text: str) -> str:
    """Leave out the notes of a head, which may stand between its words."""
    return _NOTE.sub("", text)


def without_breaks(text: str) -> str:
    """Join the words of a head that are broken within: `Oorspron- kelijke`."""
    return _BROKEN.sub("", text)


def head_of(text: str, of: int) -> Head:
    """Return the phase, its year and the flow that the head of one column names.

    A head that says it is a difference is one, whatever it is the difference of. One that says more
    of its budget than is understood, as that it was changed, is none. A balance has a year where it
    is another than that of the document.
    """
    text = without_breaks(without_notes(text))
    if OF_A_PART.search(text) or NO_AMOUNT.search(text):
        return "", "", ""
    phases = _phases(text, of)
    if len(phases) > 1:
        text = _OUTCOME.sub(" ", text)
        phases = _phases(text, of)
    flows = flows_in(_PHASE.sub(" ", text))
    phase, printed = phases[-1] if phases else ("", "")
    years = YEAR.findall(_NOT_HEADS.sub(" ", text))
    named = [phase for phase, _ in phases]
    rest = _FLOW.sub(" ", _PHASE.sub(" ", text))
    if _is_of_two(named) or (phase == "budget" and WHICH_BUDGET.search(rest)):
        return "", "", ""
    if "variance" in named:
        phase = "other" if {"original_budget", "other"} & set(named) else "variance"
        printed = next((year for year in years if year != str(of)), "")
    flow = next((flow for flow in reversed(flows) if flow != "total"), "")
    if not phase and (flow == "net" or _RESULT.fullmatch(text.strip())):
        others = [year for year in years if of and year != str(of)]
        return "saldo", next(iter(others if flow == "net" else years), ""), ""
    return phase, printed or next(iter(years), ""), flow


def _is_of_two(named: Sequence[str]) -> bool:
    """Say whether a head names two phases, as where those of two columns came to stand in one."""
    certain = {phase for phase in named if phase not in ("budget", "other")}
    return "variance" not in certain and (
        len(certain) > 1 or bool(certain & {*named[:-1]} and named[-1] == "budget")
    )


def heads_of_line(text: str, of: int) -> list[Head] | None:
    """Read the heads of all columns from one line: phases, or phases and then their flows."""
    text = without_notes(text)
    found = _phases(text, of)
    phases = _with_years(text, found, of) if len(found) > 1 else None
    if phases is None:
        return None
    places = list(_PHASE.finditer(text))
    if OF_A_PART.search(text[places[0].start() : places[-1].end() + _BEHIND]):
        return None
    groups = _groups(flows_in(_PHASE.sub(" ", _NOT_HEADS.sub(" ", text))))
    if len(groups) == len(phases) and all(len(group) > 1 for group in groups):
        return [
            (phase, year, flow)
            for (phase, year), group in zip(phases, groups, strict=True)
            for flow in group
        ]
    columns = [(phase, year, "") for phase, year in phases]
    last_phase = places[-1].end()
    if "variance" not in {phase for phase, _ in phases} and _PLAIN_SALDO.search(text, last_phase):
        columns.append(("saldo", "", ""))
    return columns


def _phases(text: str, of: int = 0) -> list[tuple[str, str]]:
    """Return the phases that a text names, with their years; a difference has the other year."""
    found = []
    for match in _PHASE.finditer(text):
        phase = next(PHASES[int(name[1:])][0] for name, value in match.groupdict().items() if value)
        years = _ANYYEAR.findall(match[0])
        behind = _YEAR_BEHIND.match(text[match.end() :])
        if phase == "variance":
            years.sort(key=lambda year: year == str(of))
            phase = "other" if FROM_FIRST.search(match[0]) else phase
        found.append((phase, years[0] if years else behind[1] if behind else ""))
    return found


def _with_years(text: str, phases: list[tuple[str, str]], of: int) -> list[tuple[str, str]] | None:
    """Give phases the years that stand by themselves after them; None where they do not fit."""
    places = list(_PHASE.finditer(text))
    if _YEAR_BEFORE.search(text[: places[0].start()]) and not phases[-1][1]:
        return None  # the years may stand before their phases
    own = [_YEAR_BEHIND.match(text[place.end() :]) for place in places]
    ends = [
        place.end() + (year.end() if year else 0) for place, year in zip(places, own, strict=True)
    ]
    starts = [*(place.start() for place in places[1:]), len(text)]
    alone = [
        year
        for end, start in zip(ends, starts, strict=True)
        for year in YEAR.findall(_NOT_HEADS.sub(" ", text[end:start]))
    ]
    lacking = sum(not year for _, year in phases)
    if lacking == len(alone):
        years = iter(alone)
        return [(phase, year or next(years)) for phase, year in phases]
    if 0 < lacking < len(alone):
        return None  # a head is missing that a year belongs to
    return phases if set(alone) <= {str(of)} or not of else None


def _groups(flows: list[str]) -> list[list[str]]:
    """Divide the flows of a head in those of each phase: one begins where a flow comes again."""
    groups: list[list[str]] = []
    for flow in flows:
        if not groups or flow in groups[-1]:
            groups.append([])
        groups[-1].append(flow)
    return [[*group[:-1], "net"] if group[-1] == "total" else group for group in groups]


def flows_in(text: str) -> list[str]:
    """Return the flows that a text names, and its balances and totals."""
    return [
        next(FLOW_HEADS[int(name[1:])][0] for name, value in match.groupdict().items() if value)
        for match in _FLOW.finditer(text)
    ]


def names_column(text: str) -> bool:
    """Say whether a line names a phase, a flow or a year, as heads of columns do."""
    return any(pattern.search(text) for pattern in (_PHASE, _FLOW, YEAR))


def phases_in(text: str) -> list[str]:
    """Return the phases of the budget that a line names."""
    return [phase for phase, _ in _phases(without_notes(text))]


def without_phases(text: str) -> str:
    """Leave out the phases of the budget that a head names, with the year within one."""
    return squeezed(_PHASE.sub(" ", text))


def is_phase(text: str) -> bool:
    """Say whether a line is nothing but a phase of the budget, with its year or without."""
    return bool(_PHASE.fullmatch(without_notes(text).strip()))


def names_phase(text: str) -> bool:
    """Say whether a line names a phase of the budget."""
    return bool(_PHASE.search(text))
