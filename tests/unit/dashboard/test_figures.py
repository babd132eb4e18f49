"""Figures for the eye: Dutch, rounded half away from nothing, never a bare null."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import (
    amount,
    day,
    exact,
    exact_signed,
    measured,
    millions,
    number,
    signed,
    without_null,
)

KEUR = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=3)


@pytest.mark.parametrize(
    ("write", "value", "written"),
    [
        (number, 13166, "13.166"),
        (number, Decimal("-0.4"), "0"),
        (number, Decimal("-1234.5"), "−1.235"),
        (number, 0.5, "1"),
        (signed, 13166, "+13.166"),
        (signed, -11637, "−11.637"),
        (signed, 0, "0"),
        (exact, "13166.250", "13.166,25"),
        (exact, "1E+3", "1.000"),
        (exact, "nan", "nan"),
        (exact_signed, Decimal("-0.001"), "−0,001"),
        (exact_signed, Decimal("13166.250"), "+13.166,25"),
        (exact_signed, Decimal("0.00"), "0"),
        (millions, Decimal("13166.000"), "13,2"),
        (amount, Decimal("13166.000"), "13,2 miljoen euro"),
        (amount, -14, "14 duizend euro"),
        (amount, 949, "949 duizend euro"),
        (amount, 950, "1,0 miljoen euro"),
        (measured, Decimal("95.000"), "95"),
        (measured, Decimal("47.700"), "47,7"),
        (measured, Decimal("100.000"), "100"),
        (day, date(2026, 11, 28), "28 november 2026"),
    ],
)
def test_a_figure_is_written_as_dutch_readers_write_it(
    write: object, value: object, written: str
) -> None:
    assert callable(write) and write(value) == written


@given(KEUR)
def test_a_number_reads_back_as_what_it_was_rounded_to(value: Decimal) -> None:
    read = Decimal(number(value, 1).replace(".", "").replace(",", ".").replace("−", "-"))
    assert abs(read - value) <= Decimal("0.05")


def test_a_null_stops_the_page() -> None:
    with pytest.raises(ValueError, match="would show a null"):
        without_null(None)
    assert without_null(0) == 0
