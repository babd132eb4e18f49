"""What the columns of a cost table hold, read from its head: phase, flow, unit, what a plus means.

Columns of other years, or of no phase, are known and set aside. No figure is read here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from doelenboom.sources.accounts.extraction.numbers import SCALE, Cells, Printed
from doelenboom.sources.accounts.extraction.vocabulary import FLOW_HEADS, PHASES, UNITS

IGNORED = "ignored"

_PHASE = re.compile(
    "|".join(f"(?P<p{n}>{pattern})" for n, (_, pattern) in enumerate(PHASES)), re.IGNORECASE
)
_FLOW = re.compile(
    "|".join(rf"(?P<f{n}>{pattern})" for n, (_, pattern) in enumerate(FLOW_HEADS)), re.IGNORECASE
)
_PLAIN_SALDO = re.compile(r"saldo|resultaat", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_NOT_HEADS = re.compile(
    r"bedragen[^A-Z€]{0,40}?(?:x|in|\*)\s*(?:€|euro)?\s*[\d.]*\s*(?:euro'?s?)?"
    r"|overzicht van baten en lasten",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class AmountColumn:
    """One column of amounts: its phase (or `ignored`) and its flow, where the row does not say."""

    phase: str
    flow: str = ""


@dataclass(frozen=True)
class Layout:
    """The columns of a table, thousands of euro per printed unit, and what a minus means.

    `minus_is` is `nadeel` or `voordeel` where the head says so. `unit_printed` is False where no
    unit was found and thousands of euro are taken; `unit_doubtful` where that may as well be euro.
    `unplaced` names columns that hold a budget which may be the one before or after changes.
    """

    columns: tuple[AmountColumn, ...]
    factor: Decimal = Decimal(1)
    unit_printed: bool = False
    minus_is: str = ""
    unplaced: tuple[str, ...] = ()
    unit_doubtful: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether each column is another one, and each phase has the same flows."""
        named = [c for c in self.columns if c.phase != IGNORED]
        flows = {
            phase: {c.flow for c in named if c.phase == phase}
            for phase in {c.phase for c in named} - {"variance"}
        }
        return len(set(named)) == len(named) and len(set(map(frozenset, flows.values()))) <= 1

    def fits(self, cells: Cells) -> bool:
        """Say whether the first cells of a row leave its own sums possible, whatever the signs.

        A variance is the difference of two other columns, a balance that of costs and revenue.
        """
        return all(
            _may_differ(*(cells[place] for place in places))
            for places in _row_sums(self.columns)
            if max(places) == len(cells) - 1
        )


@lru_cache(maxsize=64)
def _row_sums(columns: tuple[AmountColumn, ...]) -> tuple[tuple[int, int, int], ...]:
    """Return places of which the first is the difference of the other two, in any row."""
    place = {column: n for n, column in enumerate(columns) if column.phase != IGNORED}
    sums = []
    for column, n in place.items():
        if column.phase == "variance":
            others = [AmountColumn(phase, column.flow) for phase in ("final_budget", "actual")]
        elif column.flow == "net_cost":
            others = [AmountColumn(column.phase, flow) for flow in ("expenses", "revenue")]
        elif column.flow == "net_reserve_movement":
            flows = ("transfer_to_reserves", "transfer_from_reserves")
            others = [AmountColumn(column.phase, flow) for flow in flows]
        else:
            continue
        if all(other in place for other in others):
            sums.append((n, place[others[0]], place[others[1]]))
    return tuple(sums)


def _may_differ(result: Printed, first: Printed, second: Printed) -> bool:
    """Say whether a figure is the sum or difference of two others, but for rounding and sign."""
    if result.value is None or first.value is None or second.value is None:
        return True
    decimals = max(result.decimals, first.decimals, second.decimals)
    allowed = 3 * SCALE // int(10**decimals) // 2
    sums = (abs(first.value - second.value), abs(first.value + second.value))
    return any(abs(abs(result.value) - value) <= allowed for value in sums)


def read_layout(heads: Sequence[str], year: int, context: str = "") -> Layout | None:
    """Read the layout from one text per column, or from one text for all; None when it is none.

    `context` is text around the head in which the unit may stand.
    """
    found = [_heads_of(head) for head in heads] if len(heads) > 1 else []
    columns = _placed(found) if found else _columns_of_text(heads[0] if heads else "", year)
    if columns is None:
        return None
    return _finish(columns, year, " ".join([context, *heads]))


def _heads_of(text: str) -> tuple[str, str, str]:
    """Return the phase, its year and the flow that the head of one column names."""
    phases = _phases(text)
    flows = _flows(_PHASE.sub(" ", text))
    phase, printed = phases[-1] if phases else ("", "")
    flow = next((flow for flow in reversed(flows) if flow != "total"), "")
    if not phase and flow == "net":
        return "saldo", "", ""
    return phase, printed, flow


def _placed(heads: list[tuple[str, str, str]]) -> list[tuple[str, str, str]] | None:
    phases = {phase for phase, _, _ in heads if phase}
    return (
        heads if len(phases - {"saldo"}) > 1 or (len(phases) > 1 and "actual" in phases) else None
    )


def _columns_of_text(text: str, of: int) -> list[tuple[str, str, str]] | None:
    """Read the heads of all columns from one line: phases, or phases and then their flows."""
    found = _phases(text)
    phases = _with_years(text, found, of) if len(found) > 1 else None
    if phases is None:
        return None
    groups = _groups(_flows(_PHASE.sub(" ", _NOT_HEADS.sub(" ", text))))
    if len(groups) == len(phases) and all(len(group) > 1 for group in groups):
        return [
            (phase, year, flow)
            for (phase, year), group in zip(phases, groups, strict=True)
            for flow in group
        ]
    columns = [(phase, year, "") for phase, year in phases]
    last_phase = [match.end() for match in _PHASE.finditer(text)][-1]
    if "variance" not in {phase for phase, _ in phases} and _PLAIN_SALDO.search(text, last_phase):
        columns.append(("saldo", "", ""))
    return columns


def _phases(text: str) -> list[tuple[str, str]]:
    found = []
    for match in _PHASE.finditer(text):
        phase = next(PHASES[int(name[1:])][0] for name, value in match.groupdict().items() if value)
        year = re.search(r"20\d\d", match[0]) or re.match(r"\s*(20\d\d)", text[match.end() :])
        found.append((phase, year[0].strip() if year else ""))
    return found


def _with_years(text: str, phases: list[tuple[str, str]], of: int) -> list[tuple[str, str]] | None:
    """Give phases the years that stand by themselves after them; None where they do not fit."""
    places = list(_PHASE.finditer(text))
    own = [re.match(r"\s*20\d\d", text[place.end() :]) for place in places]
    ends = [
        place.end() + (year.end() if year else 0) for place, year in zip(places, own, strict=True)
    ]
    starts = [*(place.start() for place in places[1:]), len(text)]
    alone = [
        year
        for end, start in zip(ends, starts, strict=True)
        for year in _YEAR.findall(_NOT_HEADS.sub(" ", text[end:start]))
    ]
    if sum(not year for _, year in phases) == len(alone):
        years = iter(alone)
        return [(phase, year or next(years)) for phase, year in phases]
    return phases if set(alone) <= {str(of)} or not of else None


def _groups(flows: list[str]) -> list[list[str]]:
    """Divide the flows of a head in those of each phase: one begins where a flow comes again."""
    groups: list[list[str]] = []
    for flow in flows:
        if not groups or flow in groups[-1]:
            groups.append([])
        groups[-1].append(flow)
    return [[*group[:-1], "net"] if group[-1] == "total" else group for group in groups]


def _flows(text: str) -> list[str]:
    return [
        next(FLOW_HEADS[int(name[1:])][0] for name, value in match.groupdict().items() if value)
        for match in _FLOW.finditer(text)
    ]


def _finish(heads: list[tuple[str, str, str]], year: int, text: str) -> Layout:
    """Turn heads into columns: other years set aside, balances named, plain budgets placed."""
    phases = [_of_year(phase, printed, year) for phase, printed, _ in heads]
    flows = [flow for _, _, flow in heads]
    phases = [
        "variance" if phase == "saldo" and (flow or not any(flows)) else phase
        for phase, flow in zip(phases, flows, strict=True)
    ]
    phases, unplaced = _place_budgets(phases, flows)
    elsewhere = {phase for phase, printed, _ in heads if _of_year(phase, printed, year) == IGNORED}
    if "final_budget" not in phases and elsewhere & {"original_budget", "final_budget", "budget"}:
        phases = [IGNORED if phase == "variance" else phase for phase in phases]
    nets = _net_names(phases, flows)
    minus = re.search(r"[-−][\"”']?\s*=\s*(nadeel|voordeel|nadelig|voordelig)", text, re.IGNORECASE)
    factor, printed = _unit(text)
    return Layout(
        tuple(
            AmountColumn(IGNORED if phase in ("", "saldo", "other") else phase, flow)
            for phase, flow in zip(phases, nets, strict=True)
        ),
        factor,
        printed,
        ("nadeel" if minus[1].lower().startswith("nad") else "voordeel") if minus else "",
        unplaced,
    )


def _of_year(phase: str, printed: str, year: int) -> str:
    return IGNORED if printed and int(printed) != year else phase


def _place_budgets(phases: list[str], flows: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Place a budget without an adjective where the other columns leave one place for it."""
    plain = [n for n, phase in enumerate(phases) if phase == "budget"]
    if not plain:
        return phases, ()
    blocks = [n for n in plain if not flows[n] or n - 1 not in plain]
    free = {"original_budget", "final_budget"} - set(phases)
    place = IGNORED
    if len(blocks) == 1 and len(free) == 1:
        place = free.pop()
    elif len(blocks) == 1 and "variance" in phases:
        place = "final_budget"  # the variance is measured against it
    unplaced = () if place != IGNORED else ("begroting",)
    return [place if phase == "budget" else phase for phase in phases], unplaced


def _net_names(phases: list[str], flows: list[str]) -> list[str]:
    """Name the balance after the flows beside it: of costs, or of reserves."""
    named = []
    for n, flow in enumerate(flows):
        beside = {f for p, f in zip(phases, flows, strict=True) if p == phases[n]}
        net = "net_reserve_movement" if "transfer_to_reserves" in beside else "net_cost"
        named.append(net if flow == "net" else flow)
    return named


def names_column(text: str) -> bool:
    """Say whether a line names a phase, a flow or a year, as heads of columns do."""
    return any(pattern.search(text) for pattern in (_PHASE, _FLOW, _YEAR))


def phases_in(text: str) -> list[str]:
    """Return the phases of the budget that a line names."""
    return [phase for phase, _ in _phases(text)]


def names_phase(text: str) -> bool:
    """Say whether a line names a phase of the budget."""
    return bool(_PHASE.search(text))


def read_unit(text: str) -> Decimal:
    """Return how many thousands of euro the unit is that a text names; one, where it names none."""
    return _unit(text)[0]


def _unit(text: str) -> tuple[Decimal, bool]:
    for factor, pattern in UNITS:
        if re.search(pattern, text, re.IGNORECASE):
            return Decimal(factor), True
    return Decimal(1), False
