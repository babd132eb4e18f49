"""Rows of a cost table as the package has them, held against their own sums."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from doelenboom.sources.accounts.extraction.numbers.printed import SCALE
from doelenboom.sources.accounts.extraction.proof.identities import (
    Identity,
    Key,
    Place,
    Values,
    build_identities,
    holds,
    residual,
)
from doelenboom.sources.accounts.extraction.subjects.costs.finance import PHASES
from doelenboom.sources.accounts.extraction.words.vocabulary import TOTAL_ITEM

Row = Mapping[str, str]


@dataclass(frozen=True)
class BrokenSum:
    """A sum that does not hold: what must add up, on which line, and its difference (€ 1.000)."""

    name: str
    line: str
    difference: Decimal


def broken_sums(rows: Sequence[Row]) -> Iterator[BrokenSum]:
    """Yield the sums of one programme's `programme_finance` that do not hold within rounding."""
    for identity, values in broken_identities(rows):
        off = Decimal(residual(identity, values) or 0) / SCALE
        yield BrokenSum(identity.name, rows[identity.result[0]]["source_line"], off)


def broken_identities(rows: Sequence[Row]) -> Iterator[tuple[Identity, Mapping[int, Values]]]:
    """Yield what does not add up in the cost table of a programme, with all amounts by row."""
    values = {n: amounts_of(row) for n, row in enumerate(rows)}
    for identity in build_identities(_places(rows), _unit(values.values())):
        if not holds(identity, values):
            yield identity, values


def amounts_of(row: Row) -> Values:
    """Give the amounts of a row, by phase, in thousandths of a thousand euro."""
    texts = [row[f"{phase}_keur"] for phase in PHASES]
    return [int(Decimal(text) * SCALE) if text else None for text in texts]


def _places(rows: Sequence[Row]) -> Mapping[Key, Sequence[Place]]:
    places: dict[Key, list[Place]] = defaultdict(list)
    for n, row in enumerate(rows):
        item = TOTAL_ITEM if row["is_total"] == "true" else row["line_item"]
        for column, phase in enumerate(PHASES):
            if row[f"{phase}_keur"]:
                places[item, row["flow"], phase].append((n, column))
    return places


def _unit(rows: Iterable[Values]) -> int:
    """Give the last digit to which the amounts are written, in those thousandths."""
    amounts = [amount for row in rows for amount in row if amount]
    return next((unit for unit in (SCALE, 100, 10) if all(not a % unit for a in amounts)), 1)
