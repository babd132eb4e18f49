"""Amounts of money in running Dutch: `ruim 4 miljoen euro`, `€ 234.000 nadeel`, `121.000 euro`.

An amount needs a word of scale, a euro sign or the word euro. A hedge (ruim, bijna, circa) is
kept: it is a bound, no rounding. What an amount is about is decided elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from doelenboom.codes import codes
from doelenboom.sources.accounts.extraction.words.patterns import (
    ANY_CASE,
    Match,
    any_of,
    anywhere,
    opening,
)

HEDGES: dict[str, str] = {**{word: word for word in codes("hedge")}, "ca": "circa", "ca.": "circa"}
"""Words that hedge an amount, kept as printed; an abbreviation is its word."""

SCALES: dict[str, Decimal] = {
    "miljard": Decimal(1_000_000),
    "mld": Decimal(1_000_000),
    "miljoen": Decimal(1000),
    "mln": Decimal(1000),
    "mio": Decimal(1000),
    "duizend": Decimal(1),
    "dzd": Decimal(1),
    "k": Decimal(1),
    "": Decimal("0.001"),
}
"""Thousands of euro per unit of scale."""

_HEDGE = any_of(sorted(HEDGES, key=len, reverse=True))
_AMOUNT = anywhere(
    rf"(?:(?<![\w])(?P<hedge>{_HEDGE})\s++(?P<between>(?:voordeel|nadeel|bedrag)\s++van\s++)?)?"
    r"(?P<sign>€\s*+)?(?P<minus>(?<!\d)[-−])?(?P<sign2>€\s*+)?(?<![\d.,])"
    r"(?P<number>\d{1,3}+(?:\.\d{3}){1,4}|\d{1,12}+)(?:,(?P<decimals>\d{1,3}+))?(?:,-++)?(?!\d)"
    r"(?:\s*(?P<scale>miljard|mld\.?|miljoen|mln\.?|mio\.?|duizend|dzd|k)(?![a-z]))?"
    r"(?:\s*(?P<euro>euro)\b)?(?:\s*(?P<side>voordeel|nadeel|voordelig|nadelig|[VN](?![\w])))?",
    ANY_CASE,
)
_UNIT = opening(r"1\.?000(?:\.?000)?\Z")
_NEAR = 10
_BEFORE_UNIT = anywhere(r"(?:[x×*]|\bin)\s*\Z", ANY_CASE)


@dataclass(frozen=True)
class Amount:
    """An amount in thousands of euro, the last printed digit likewise, and how it is printed.

    `side` is `voordeel` or `nadeel` where the word follows at once; `start` and `end` are its
    place in the text.
    """

    keur: Decimal
    rounded_to: Decimal
    text: str
    hedge: str
    side: str
    start: int
    end: int


def amounts_in(text: str) -> Iterator[Amount]:
    """Yield the amounts of money in a text, in order; `x € 1.000` is a unit and no amount."""
    for match in _AMOUNT.finditer(text):
        is_unit = _UNIT.match(match["number"]) and _BEFORE_UNIT.search(
            text, max(match.start() - _NEAR, 0), match.start()
        )
        if (match["scale"] or match["euro"] or match["sign"] or match["sign2"]) and not is_unit:
            yield _amount(match)


def _amount(match: Match) -> Amount:
    scale = SCALES[(match["scale"] or "").lower().rstrip(".")]
    decimals = match["decimals"] or ""
    number = Decimal(match["number"].replace(".", "") + (f".{decimals}" if decimals else ""))
    keur = (-number if match["minus"] else number) * scale
    rounded = scale / 10 ** len(decimals)
    if scale < 1 and number % 1000 == 0:
        rounded = Decimal(1)  # thousands of euro written out
    side = {"v": "voordeel", "n": "nadeel"}.get((match["side"] or "").lower()[:1], "")
    text = match[0].replace(match["between"], "") if match["between"] else match[0]
    hedge = HEDGES.get((match["hedge"] or "").lower(), "")
    return Amount(
        keur, rounded, " ".join(text.split()), hedge, side,
        match.start(), match.end(),
    )  # fmt: skip
