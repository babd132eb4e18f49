"""The Dutch word of each code."""

from collections.abc import Mapping

from dashboard.marts import Marts

Labels = Mapping[str, Mapping[str, str]]


def labels_of(marts: Marts) -> Labels:
    """Give the words of each list, by its name, in their order."""
    words: dict[str, dict[str, str]] = {}
    for row in marts.rows("labels"):
        words.setdefault(row["list_name"], {})[row["code"]] = row["label_nl"]
    return words
