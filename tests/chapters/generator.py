"""Chapters whose figures are known: random amounts that obey the identities, printed in many ways.

One seed is one chapter. Amounts are drawn in thousandths and rounded one by one, so that sums are
off by one now and then, as in the wild.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

PHASES = ("original_budget", "final_budget", "actual", "variance")
FLOWS = ("expenses", "revenue", "transfer_to_reserves", "transfer_from_reserves")
TOTAL = "Totaal programma"
COSTLIKE = {"expenses", "transfer_to_reserves", "net_cost", "net_reserve_movement"} | {
    "net_cost_after_reserves"
}
NAMES = (
    "Groen en water", "Wegen", "Jeugd", "Wmo 2015", "Sportparken", "Zorg 18+", "Jeugd 18-",
    "Openbare verlichting", "Cultuur", "Riolering", "Afval", "Inkomen", "Handhaving", "Musea",
    "Bibliotheek", "Veiligheid in de wijk", "Onderwijs", "Havens", "Parkeren", "Begraafplaatsen",
)  # fmt: skip

Amounts = dict[str, int]
Key = tuple[str, str]


@dataclass
class Style:
    """How a chapter is printed."""

    between: str = ""
    thousands: str = "."
    label_gap: str = ""
    html: bool = False
    spoil: Callable[[int], int] | None = None
    """Changes one printed figure of one row, so that the chapter contradicts itself."""


@dataclass
class Made:
    """A chapter and what it says: printed amounts by line item and flow."""

    text: str
    truth: dict[Key, Amounts] = field(default_factory=dict)
    name: str = "chapter.txt"
    marked: set[Key] = field(default_factory=set)


def amounts(rng: random.Random, size: float) -> dict[str, Decimal]:
    """Draw original and final budget and actual, in thousandths, near each other."""
    base = Decimal(rng.uniform(1, 10) * 10**size).quantize(Decimal("0.001"))
    final = base * Decimal(rng.uniform(0.8, 1.2)).quantize(Decimal("0.0001"))
    actual = final * Decimal(rng.uniform(0.7, 1.3)).quantize(Decimal("0.0001"))
    if rng.random() < 0.06:
        base = final = Decimal(0)
    if rng.random() < 0.05:
        actual = -actual
    return {"original_budget": base, "final_budget": final, "actual": actual}


def with_variance(flow: str, exact: dict[str, Decimal]) -> dict[str, Decimal]:
    difference = exact["final_budget"] - exact["actual"]
    return {**exact, "variance": difference if flow in COSTLIKE else -difference}


def rounded(exact: dict[str, Decimal]) -> Amounts:
    return {phase: int(value.quantize(Decimal(1), ROUND_HALF_UP)) for phase, value in exact.items()}


def added(parts: Sequence[tuple[int, dict[str, Decimal]]]) -> dict[str, Decimal]:
    return {
        phase: sum((sign * part[phase] for sign, part in parts), Decimal(0)) for phase in PHASES[:3]
    }


Exact = dict[Key, dict[str, Decimal]]


def draw(rng: random.Random, items: int, missing: bool = True) -> Exact:
    """Draw exact amounts for some line items, their totals and balances."""
    exact: Exact = {}
    names = rng.sample(NAMES, items)
    for name in names:
        exact[name, "expenses"] = amounts(rng, rng.uniform(0, 4.6))
        if not missing or rng.random() < 0.8:
            exact[name, "revenue"] = amounts(rng, rng.uniform(-0.3, 3.8))
        if rng.random() < 0.3:
            exact[name, "transfer_to_reserves"] = amounts(rng, rng.uniform(0, 3))
        if rng.random() < 0.3:
            exact[name, "transfer_from_reserves"] = amounts(rng, rng.uniform(0, 3))
    for flow in FLOWS:
        parts = [(1, value) for (_, of), value in exact.items() if of == flow]
        if parts:
            exact[TOTAL, flow] = added(parts)
    add_nets(exact, TOTAL)
    return exact


def add_nets(exact: Exact, item: str) -> None:
    zero = dict.fromkeys(PHASES[:3], Decimal(0))
    parts = {flow: exact.get((item, flow), zero) for flow in FLOWS}
    net = added([(1, parts["expenses"]), (-1, parts["revenue"])])
    moved = added([(1, parts["transfer_to_reserves"]), (-1, parts["transfer_from_reserves"])])
    exact[item, "net_cost"] = net
    if any((item, flow) in exact for flow in FLOWS[2:]):
        exact[item, "net_reserve_movement"] = moved
    exact[item, "net_cost_after_reserves"] = added([(1, net), (1, moved)])


# --- printing ---


def digits(value: int, thousands: str) -> str:
    return f"{value:,}".replace(",", thousands)


def printed_row(label: str, cells: Sequence[str], style: Style) -> str:
    return label + style.label_gap + style.between.join(cells)


def html_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["<table>", "<tr>" + "".join(f"<th>{cell}</th>" for cell in head) + "</tr>"]
    lines += ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    return "\n".join([*lines, "</table>"])


STYLES: tuple[Style, ...] = (
    Style(),
    Style(label_gap=" "),
    Style(" ", ".", " "),
    Style("\u00a0", ".", "\u00a0"),
    Style(" ", "\u00a0", " "),
    Style("\t", ".", "\t"),
    Style("   ", " ", "   "),
    Style("", ".", "", html=True),
    Style("\n\n", ".", "\n\n"),
)
HEADS = (
    ("Begroting (primair)", "Begroting (na wijziging)", "Realisatie", "Saldo (- = nadeel)"),
    ("Primitieve begroting", "Begroting na wijziging", "Rekening", "Verschil"),
    ("Oorspronkelijke begroting", "Actuele begroting", "Realisatie", "Afwijking"),
)


def blocks(rng: random.Random, exact: Exact, style: Style) -> Made:
    """Print blocks of lines per flow, each closed by its total, with balances between."""
    head = rng.choice(HEADS)
    plus = rng.choice(("favourable", "favourable", "budget-actual")) if "-" not in head[3] else ""
    rows: list[tuple[str, Key]] = []
    for flow, total in (("expenses", "Totaal lasten"), ("revenue", "Totaal baten")):
        rows += [(item, (item, of)) for item, of in exact if of == flow and item != TOTAL]
        rows.append((total, (TOTAL, flow)))
    rows.append(("Gerealiseerde saldo van baten en lasten", (TOTAL, "net_cost")))
    for flow, total in zip(
        FLOWS[2:], ("Totaal storting reserves", "Totaal onttrekking reserves"), strict=True
    ):
        rows += [(item, (item, of)) for item, of in exact if of == flow and item != TOTAL]
        rows.append((total, (TOTAL, flow)))
    rows.append(("Saldo mutaties reserves", (TOTAL, "net_reserve_movement")))
    rows.append(("Gerealiseerd resultaat", (TOTAL, "net_cost_after_reserves")))
    return printed(head, rows, exact, style, plus)


def totals_only(rng: random.Random, exact: Exact, style: Style) -> Made:
    """Print the totals of a programme alone."""
    rows = [
        ("Lasten", (TOTAL, "expenses")),
        ("Baten", (TOTAL, "revenue")),
        ("Gerealiseerde saldo van baten en lasten", (TOTAL, "net_cost")),
        ("Storting reserves", (TOTAL, "transfer_to_reserves")),
        ("Onttrekking reserves", (TOTAL, "transfer_from_reserves")),
        ("Gerealiseerde saldo van mutaties reserves", (TOTAL, "net_reserve_movement")),
        ("Resultaat", (TOTAL, "net_cost_after_reserves")),
    ]
    return printed(rng.choice(HEADS), rows, exact, style, "")


def printed(
    head: Sequence[str], rows: Sequence[tuple[str, Key]], exact: Exact, style: Style, plus: str
) -> Made:
    truth: dict[Key, Amounts] = {}
    lines: list[tuple[str, list[str]]] = []
    marked: set[Key] = set()
    rng = random.Random(len(rows))
    spoiled = rng.choice([key for _, key in rows if key in exact])
    wrong = rng.choice(PHASES)
    for label, key in rows:
        if key not in exact:
            continue
        values = rounded(with_variance(key[1], exact[key]))
        if style.spoil and key == spoiled:
            values = {**values, wrong: style.spoil(values[wrong])}
            marked.add(key)
        truth[key] = values
        shown = dict(values)
        if plus == "budget-actual" and key[1] not in COSTLIKE:
            shown["variance"] = -shown["variance"]
        lines.append((label, [digits(shown[phase], style.thousands) for phase in PHASES]))
    unit = "Bedragen x 1.000 euro"
    if style.html:
        body = html_table([unit, *head], [[label, *cells] for label, cells in lines])
    else:
        top = printed_row(unit, head, Style(style.between or " ", "", " "))
        body = "\n".join([top, *(printed_row(label, cells, style) for label, cells in lines)])
    return Made(body, truth, marked=marked)


def sides(rng: random.Random, exact: Exact, style: Style) -> Made:
    """Print each line item as a block of rows, with `N` and `V` behind the amounts."""
    truth: dict[Key, Amounts] = {}
    lines: list[tuple[str, list[str]]] = []
    items = list(dict.fromkeys(item for item, _ in exact if item != TOTAL))
    for item in items:
        add_nets(exact, item)
    for item in [*items, TOTAL]:
        lines.append((item, []))
        for label, flow in (
            ("Lasten", "expenses"),
            ("Baten", "revenue"),
            ("Saldo", "net_cost"),
            ("Storting reserves", "transfer_to_reserves"),
            ("Onttrekking reserves", "transfer_from_reserves"),
            ("Saldo resultaat", "net_cost_after_reserves"),
        ):
            if (item, flow) not in exact:
                continue
            values = rounded(with_variance(flow, exact[item, flow]))
            truth[item, flow] = values
            earlier = rng.randint(0, 90_000)
            cells = [side(earlier, flow not in COSTLIKE, style)]
            cells += [
                side(
                    values[p], (values[p] >= 0) == (p == "variance" or flow not in COSTLIKE), style
                )
                for p in PHASES
            ]
            lines.append((label, cells))
    head = ["Rekening 2017", "Primitieve begroting 2018", "Actuele begroting 2018"]
    head += ["Rekening 2018", "Verschil 2018"]
    if style.html:
        body = html_table(["x € 1.000", *head], [[label, *cells] for label, cells in lines])
    else:
        top = printed_row("Bedragen x € 1.000", head, Style(style.between or " ", "", " "))
        body = "\n".join([top, *(printed_row(label, cells, style) for label, cells in lines)])
    return Made(body, truth)


def side(value: int, good: bool, style: Style) -> str:
    return f"{digits(abs(value), style.thousands)} {'V' if good else 'N'}" if value else "0"


def nine_columns(rng: random.Random, exact: Exact, style: Style) -> Made:
    """Print three phases with their own costs, revenue and balance (revenue less costs)."""
    revenue_first = rng.random() < 0.5
    items = list(dict.fromkeys(item for item, _ in exact if item != TOTAL))
    for item in items:
        add_nets(exact, item)
    truth: dict[Key, Amounts] = {}
    lines: list[tuple[str, list[str]]] = []
    flows = ("revenue", "expenses") if revenue_first else ("expenses", "revenue")
    for item in [*items, TOTAL]:
        cells: list[str] = []
        known = {flow: rounded(exact[item, flow]) for flow in (*flows, "net_cost")
                 if (item, flow) in exact}  # fmt: skip
        for phase in PHASES[:3]:
            cells += [
                digits(known[flow][phase], style.thousands) if flow in known else "0"
                for flow in flows
            ]
            cells.append(digits(-known["net_cost"][phase], style.thousands))
        zero = dict.fromkeys(PHASES[:3], 0)
        truth.update({(item, flow): known.get(flow, zero) for flow in (*flows, "net_cost")})
        lines.append(("Totaal" if item == TOTAL else item, cells))
    phases = ["Primitieve begroting", "Actuele begroting", "Realisatie"]
    names = [{"expenses": "Lasten", "revenue": "Baten"}[flow] for flow in flows] + ["Saldo"]
    if style.html:
        top = "<tr><th></th>" + "".join(f'<th colspan="3">{p}</th>' for p in phases) + "</tr>"
        body = html_table(["Bedragen x € 1.000", *names * 3], [[a, *b] for a, b in lines])
        body = body.replace("<table>", f"<table>\n{top}", 1)
    else:
        tops = [
            printed_row("Bedragen x € 1.000", phases, Style(style.between or " ", "", " ")),
            printed_row("", names * 3, Style(style.between or " ", "", style.label_gap)),
        ]
        body = "\n".join([*tops, *(printed_row(a, b, style) for a, b in lines)])
    return Made(body, truth)


TOTAL_LABELS = {
    "expenses": "Totaal lasten",
    "revenue": "Totaal baten",
    "net_cost": "Saldo van baten en lasten",
    "transfer_to_reserves": "Totaal storting reserves",
    "transfer_from_reserves": "Totaal onttrekking reserves",
    "net_reserve_movement": "Saldo mutaties reserves",
    "net_cost_after_reserves": "Resultaat",
}


def negative_costs(rng: random.Random, exact: Exact, style: Style) -> Made:
    """Print costs below zero and balances as revenue less costs."""
    made = blocks(rng, exact, Style(style.between, style.thousands, style.label_gap))
    head = HEADS[1]
    rows: list[tuple[str, list[str]]] = []
    for key, values in made.truth.items():
        sign = -1 if key[1] in COSTLIKE else 1
        shown = [sign * values[phase] for phase in PHASES[:3]] + [values["variance"]]
        label = key[0] if key[0] != TOTAL else TOTAL_LABELS[key[1]]
        rows.append((label, [digits(value, style.thousands) for value in shown]))
    unit = "Bedragen x 1.000 euro"
    if style.html:
        body = html_table([unit, *head], [[label, *cells] for label, cells in rows])
    else:
        top = printed_row(unit, head, Style(style.between or " ", "", " "))
        body = "\n".join([top, *(printed_row(label, cells, style) for label, cells in rows)])
    return Made(body, made.truth)


def negative_revenue(rng: random.Random, exact: Exact, style: Style) -> Made:
    """Print revenue below zero, as what is taken off costs, and each total above its lines."""
    rows: list[tuple[str, Key]] = []
    for flow, total in (("expenses", "Lasten"), ("revenue", "Baten")):
        rows.append((total, (TOTAL, flow)))
        rows += [(item, (item, of)) for item, of in exact if of == flow and item != TOTAL]
    rows.append(("Saldo van baten en lasten", (TOTAL, "net_cost")))
    made = printed(HEADS[1], rows, exact, Style(), "")
    lines: list[tuple[str, list[str]]] = []
    for label, key in rows:
        if key in made.truth:
            sign = 1 if key[1] in COSTLIKE else -1
            values = made.truth[key]
            shown = [sign * values[phase] for phase in PHASES[:3]] + [values["variance"]]
            lines.append((label, [digits(value, style.thousands) for value in shown]))
    unit = "Bedragen x 1.000 euro"
    if style.html:
        body = html_table([unit, *HEADS[1]], [[label, *cells] for label, cells in lines])
    else:
        top = printed_row(unit, HEADS[1], Style(style.between or " ", "", " "))
        body = "\n".join([top, *(printed_row(label, cells, style) for label, cells in lines)])
    return Made(body, made.truth)


def minus_behind(rng: random.Random, exact: Exact, style: Style) -> Made:
    """Print three phases with columns of their own, a minus behind its amount."""
    made = nine_columns(rng, exact, style)
    if style.thousands == "." and style.between.strip(" ") != style.between:
        made.text = re.sub(r"(?<=\s)-([\d.]+)", r"\1-", made.text)
    return made


Layout = Callable[[random.Random, Exact, Style], Made]
LAYOUTS: tuple[Layout, ...] = (
    blocks,
    totals_only,
    sides,
    nine_columns,
    negative_costs,
    negative_revenue,
    minus_behind,
)
PROSE = (
    "In 2018 is gewerkt aan 3 plannen voor de wijk, en 14 straten zijn opnieuw ingericht.",
    "De raad stelde op 12 maart 2018 de nota vast. De uitvoering loopt door in 2019.",
)


def chapter(seed: int) -> Made:
    """Make the chapter of a seed: one table in one layout and style, between other sections."""
    layout = LAYOUTS[seed % len(LAYOUTS)]
    return _between(seed, layout, STYLES[(seed // len(LAYOUTS)) % len(STYLES)])


def spoiled_chapter(seed: int) -> Made:
    """Make a chapter with one wrong figure; `marked` holds its row, `truth` what is printed."""
    rng = random.Random(-seed)
    by = rng.choice((10, 100, -20, 7, -300))
    style = replace(STYLES[seed % 7], spoil=lambda value: value + by)
    return _between(seed, LAYOUTS[seed % 2], style)


def _between(seed: int, layout: Layout, style: Style) -> Made:
    rng = random.Random(seed)
    made = layout(
        rng, draw(rng, rng.randint(1, 8), missing=layout not in (nine_columns, minus_behind)), style
    )
    parts = [
        "Wat hebben we bereikt?\n\n" + PROSE[0],
        "Wat heeft het gekost?\n\n" + made.text + "\n\nToelichting\n\n" + PROSE[1],
        "Wat hebben we ervoor gedaan?\n\n" + PROSE[1],
    ]
    rng.shuffle(parts)
    title = f"{rng.randint(1, 9)}.{rng.randint(1, 9)} Wonen en leven"
    if style.html:
        paragraphs = "\n".join(_paragraphs(part) for part in parts)
        made.text = f"<!DOCTYPE html>\n<html><body>\n<h1>{title}</h1>\n{paragraphs}\n</body></html>"
        made.name = "chapter.html"
    else:
        made.text = "\n\n".join([title, *parts]) + "\n"
    return made


def _paragraphs(part: str) -> str:
    return "\n".join(
        text if text.startswith("<table") else f"<p>{text}</p>" for text in part.split("\n\n")
    )
