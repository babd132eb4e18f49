"""Sentences made from fields alone, each of a figure that a mart defines."""

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.figures import amount, millions
from dashboard.marts import Row

NUMBERS = (
    *("geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    *("elf", "twaalf"),
)

Sourced = tuple[str, str | None, int | None]
"""A sentence, and the document and line that its figures are printed on."""

STEPS = ("net_cost_variance_keur", "net_cost_after_reserves_variance_keur")


def headline(result: Row) -> str:
    """Say what a programme cost against its budget, before reserves and after."""
    return " ".join(part for part in (_before_reserves(result), _after_reserves(result)) if part)


def _before_reserves(result: Row) -> str:
    variance = result["net_cost_variance_keur"]
    if variance is None:
        budget, actual = result["net_cost_final_budget_keur"], result["net_cost_actual_keur"]
        if None not in (budget, actual) and min(budget, actual) >= 0:
            return (
                f"Het programma kostte vóór reserves {amount(actual)}, bij een begroting na"
                f" wijziging van {amount(budget)}; het verschil drukt dit hoofdstuk niet af."
            )
        return (
            "Of het programma vóór reserves binnen de begroting bleef, staat niet in dit hoofdstuk."
        )
    if variance == 0:
        return "Het programma kostte vóór reserves evenveel als de begroting na wijziging."
    less = "minder" if variance > 0 else "meer"
    return (
        f"Het programma kostte vóór reserves {amount(variance)} {less} dan de begroting na"
        " wijziging."
    )


def _after_reserves(result: Row) -> str:
    before, after = (result[step] for step in STEPS)
    if after is None:
        return ""
    if before is None or before == after:
        return f"Na reserves was het verschil {_favour(after)}."
    if 0 < after < before:
        opening = f"Na reserves bleef daar {amount(after, '')} van over"
    else:
        opening = f"Na reserves was het verschil {_favour(after)}"
    reserves = _reserves(result)
    return f"{opening}: {reserves}." if reserves else f"{opening}."


def _favour(variance: Any) -> str:
    if variance == 0:
        return "nul"
    return f"een {'voordeel' if variance > 0 else 'nadeel'} van {amount(variance)}"


def _reserves(result: Row) -> str:
    """Say how far the movements of reserves are from budget, the largest difference first."""
    moves = [
        (result[f"transfer_{way}_reserves_variance_keur"], more, moved)
        for way, more, moved in (
            ("to", -1, "er ging {} naar reserves dan begroot"),
            ("from", 1, "er kwam {} uit reserves dan begroot"),
        )
        if result[f"transfer_{way}_reserves_variance_keur"]
    ]
    moves.sort(key=lambda move: -abs(move[0]))
    return ", en ".join(
        moved.format(f"{amount(variance, '')} {'meer' if variance * more > 0 else 'minder'}")
        for variance, more, moved in moves
    )


def course(budget_steps: Sequence[Row], forecasts: Sequence[Row]) -> Iterator[Sourced]:
    """Say how the budget moved in the year, and what was forecast, each with its line."""
    by_code = {step["step_code"]: step for step in budget_steps}
    raised = by_code.get("budget_raised")
    if raised and raised["amount_keur"]:
        way = "omhoog" if raised["amount_keur"] > 0 else "omlaag"
        yield (
            f"De begroting na reserves ging in de loop van het jaar met"
            f" {amount(raised['amount_keur'])} {way}, van {millions(raised['start_keur'])} naar"
            f" {millions(raised['end_keur'])} miljoen.",
            raised["source_document"],
            raised["source_line"],
        )
    for row in forecasts:
        if row["forecast_keur"] is not None and row["outturn_keur"] is not None:
            added = row["budget_added_keur"]
            later = f"; daarna kwam er {amount(added)} begroting bij" if added else ""
            yield (
                f"Eerder in het jaar werd {_favour(row['forecast_keur'])} verwacht{later}. De"
                f" uitkomst was {_favour(row['outturn_keur'])}.",
                row["source_document"],
                row["source_line"],
            )


def goals(result: Row) -> str:
    """Say in a heading how many goals were met: `Eén doel gehaald, twee niet`."""
    met, missed = result["indicators_met"], result["indicators_missed"]
    rest = result["indicators_undecided"] + result["indicators_without_verdict"]
    if not result["indicators_own"]:
        return "Geen eigen doelen met een indicator"
    parts = [f"{word(met)} {'doel' if met == 1 else 'doelen'} gehaald", f"{word(missed)} niet"]
    if rest:
        parts.append(f"{word(rest)} zonder oordeel")
    said = ", ".join(parts)
    return f"Eén{said[3:]}" if said.startswith("één") else said[0].upper() + said[1:]


def steps(result: Row) -> str:
    """Say in a heading what the waterfall shows."""
    before, after = (result[step] for step in STEPS)
    if before is None or after is None:
        return "Van begroting naar uitkomst"
    if before == after:
        return f"Een verschil van {amount(after, '')}, zonder dat reserves meetelden"
    return f"Van {amount(before, '')} vóór reserves naar {amount(after, '')} erna"


def word(count: int) -> str:
    """Write a count as a word where it has one."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)
