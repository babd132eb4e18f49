"""Heads in several rows: over which columns one stands that takes the place of one."""

from collections.abc import Sequence

import pytest

from doelenboom.sources.accounts.extraction.tables.head_rows import (
    Row,
    column_heads,
    over_their_columns,
)


def _heads(*rows: Row, width: int) -> list[str]:
    return column_heads(over_their_columns(rows, width, 1), spread=True)[1:]


def test_heads_stand_over_the_columns_whose_heads_come_again() -> None:
    rows = ("", "Begroting", "Rekening"), ("", "Lasten", "Baten", "Lasten", "Baten")
    found = _heads(*rows, width=5)
    assert found == ["Begroting Lasten", "Begroting Baten", "Rekening Lasten", "Rekening Baten"]


def test_the_last_head_stands_over_the_years_that_no_other_lacks() -> None:
    rows = ("", "Rekening 2016", "Begroting 2018", "Raming"), ("", "2019", "2020", "2021")
    assert _heads(*rows, width=6) == [
        "Rekening 2016", "Begroting 2018", "Raming 2019", "Raming 2020", "Raming 2021",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        (("", "Rekening", "Begroting"), ("", "2016", "2017", "2018", "2019")),
        (("", "Begroting", "Rekening"), ("", "Lasten", "Lasten", "Lasten", "Lasten")),
        (("", "Begroting", "Rekening"), ("", "Lasten", "Baten", "Baten", "Lasten")),
        (("", "Rekening 2016", "Begroting", "Raming"), ("", "2019", "2020")),
        (("", "Rekening 2016", "Raming 2018"), ("", "2019", "2020", "2021")),
    ],
)
def test_heads_that_may_stand_over_others_are_none(rows: Sequence[Row]) -> None:
    assert over_their_columns(rows, 5, 1) == []


def test_heads_over_nothing_are_none() -> None:
    assert over_their_columns([("", "Begroting", "Rekening"), ("",), ("", "x")], 5, 3) == []
