"""The unit that a published column is in, told by its name as the public contract names columns.

Knows no table's rows and no layout.
"""

from collections.abc import Collection

PER_INHABITANT = "€ per inwoner"

SUFFIXES = {
    "_keur": "x € 1.000",
    "_eur_per_inhabitant": PER_INHABITANT,
    "_pct": "%",
    "_pct_high": "%",
    "_pct_low": "%",
    "_pct_of_revenue": "%",
    "_year": "jaar",
}

NAMES = {
    "confidence_level": "%",
    "eur_per_inhabitant": PER_INHABITANT,
    "difference": "%",  # of a printed ratio from what the balance sheet gives, in points
    "inhabitants": "inwoners",
    "norm_high": "%",
    "norm_low": "%",
    "percentile": "%",
    "price_index": "basisjaar = 100",
    "printed_value": "%",
    "recomputed_value": "%",
    "stability": "aandeel (0 tot 1)",
}

BESIDE = "zie kolom unit"
"""The unit of a column whose rows each say their own."""

IN_THE_UNIT_BESIDE = frozenset(
    {
        "difference_from_median",
        "difference_value",
        "left_value",
        "margin_of_error",
        "peer_mean_unweighted",
        "peer_mean_weighted",
        "peer_median",
        "peer_p25",
        "peer_p75",
        "previous_score",
        "right_value",
        "score",
        "target",
        "tolerance_value",
        "value",
    }
)


def unit_of(column: str, beside: Collection[str]) -> str:
    """Name the unit of a column in Dutch; empty for a text, a plain number or an unknown unit.

    `beside` are the columns of its table: where one is `unit`, figures are in what it says, and
    beside an amount per inhabitant they are such amounts.
    """
    if column in IN_THE_UNIT_BESIDE and "unit" in beside:
        return BESIDE
    if column in IN_THE_UNIT_BESIDE and "eur_per_inhabitant" in beside:
        return PER_INHABITANT
    suffixes = (unit for suffix, unit in SUFFIXES.items() if column.endswith(suffix))
    return NAMES.get(column) or next(suffixes, "")
