"""A number that can be read in two ways is read as the others of its column or file are, or not."""

from decimal import Decimal

import pytest

from doelenboom.sources.inbox.tables.numbers import COMMA, POINT, iso, written
from tests.unit.sources.inbox.dropped import COSTS, INDICATORS, read, rows, told


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("1.234.567", "1234567"), ("1,234,567", "1234567"), ("12,5", "12.5"), ("12.5", "12.5")],
        *[("1.234,50", "1234.5"), ("1,234.50", "1234.5"), ("0,125", "0.125"), ("0.125", "0.125")],
        *[("1234.567", "1234.567"), ("200 639", "200639"), ("200\u00a0639,5", "200639.5")],
        *[("200’639", "200639"), ("€ 1.234.567", "1234567"), ("1.234,-", "1234"), ("0", "0")],
        *[("-5", "-5"), ("−5", "-5"), ("5-", "-5"), ("(5)", "-5"), ("-/- 22", "-22"), ("+5", "5")],
        *[("-0", "0"), ("€ -5", "-5"), ("(1.234,5)", "-1234.5"), ("12,50", "12.5")],
    ],
)
def test_a_number_that_can_be_read_in_one_way_is_read_so(text: str, value: str) -> None:
    found = written(text)
    assert found is not None
    assert (number := found.value()) is not None
    assert iso(number) == value


@pytest.mark.parametrize("text", ["12.345", "12,345", "-1.234", "(999,999)"])
def test_what_can_be_thousands_or_decimals_is_open_until_others_decide(text: str) -> None:
    found = written(text)
    assert found is not None
    assert found.votes == set()
    assert found.value() is None
    assert found.value({COMMA, POINT}, {COMMA}) is None, "its column is at odds with itself"
    assert found.value({COMMA}, {POINT}) == found.readings[COMMA]
    assert found.value(set(), {POINT}) == found.readings[POINT]


@pytest.mark.parametrize(
    "text",
    [
        *["", "-", "n.v.t.", "1e5", "007", "12.34.5", "1.23.456", "(-5)", "- -5", "5,", ",5"],
        *["(5", "5)", "٣", "1 2", "12 34", "1.234 567", "0x10", "NaN", "inf", "5 N", "9" * 60],
    ],
)
def test_what_is_no_number_is_none(text: str) -> None:
    found = written(text)
    assert found is None


@pytest.mark.parametrize(
    ("scores", "value"),
    [
        ("12.345;1.234.567", "12345"),
        ("12.345;0.5", "12.345"),
        ("12,345;0,5", "12.345"),
        ("12,345;1,234,567.5", "12345"),
    ],
)
def test_the_unambiguous_numbers_of_a_file_decide(scores: str, value: str) -> None:
    first, second = scores.split(";")
    line = "Enschede;2018;2.1;{};Tevreden;hoger is beter;{};\n"
    found = read(INDICATORS + line.format(1, first) + line.format(2, second))
    assert rows(found, "indicators", "score")[0] == (value,)


def test_the_numbers_of_a_column_decide_before_those_of_the_file() -> None:
    line = "Enschede;2018;2.1;{};Tevreden;hoger is beter;{};{}\n"
    found = read(INDICATORS + line.format(1, "12.345", "0,5") + line.format(2, "0.5", "12,345"))
    assert rows(found, "indicators", "score", "target") == [("12.345", "0.5"), ("0.5", "12.345")]


def test_where_nothing_decides_a_number_is_refused_by_its_place_and_no_other_row_is() -> None:
    line = "Enschede;2018;2.1;{};Tevreden;hoger is beter;{};\n"
    found = read(INDICATORS + line.format(1, "12.345") + line.format(2, "7"))
    assert told(found) == [(2, "Score", "12.345", "dubbelzinnig getal")]
    assert rows(found, "indicators", "score") == [("7",)]


def test_a_number_is_written_as_the_package_has_it() -> None:
    assert [iso(Decimal(text)) for text in ("1E+3", "-0.0", "12.500")] == ["1000", "0", "12.5"]


COST_LINES = (
    "Enschede;2018;2.1;Wmo;lasten;{0};{1};{2}\n"
    "Enschede;2018;2.1;Jeugd;lasten;{3};{4};{5}\n"
    "Enschede;2018;2.1;Totaal programma;lasten;{6};{7};{8}\n"
)


@pytest.mark.parametrize(
    ("amounts", "actual"),
    [
        ("1.000 990 10 2.000 1.500 500 3.000 2.490 510".split(), "990"),  # noqa: SIM905
        ("1,000 990 10 2,000 1,500 500 3,000 2,490 510".split(), "990"),  # noqa: SIM905
        ("1.125 1 0.125 2 1 1 3.125 2 1.125".split(), "1"),  # noqa: SIM905
    ],
)
def test_where_only_sums_can_decide_they_do(amounts: list[str], actual: str) -> None:
    found = read(COSTS + COST_LINES.format(*amounts))
    assert found.refused == ()
    assert rows(found, "programme_finance", "actual_keur")[0] == (actual,)


def test_sums_that_hold_in_both_ways_decide_nothing() -> None:
    amounts = "3.000 1.000 2.000 3.000 1.000 2.000 6.000 2.000 4.000".split()  # noqa: SIM905
    found = read(COSTS + COST_LINES.format(*amounts))
    assert found.tables == ()
    assert {each.rule for each in found.refused} == {"dubbelzinnig getal"}


def test_sums_that_hold_in_neither_way_decide_nothing() -> None:
    amounts = "1.000 990 11 2.000 1.500 700 3.000 2.490 510".split()  # noqa: SIM905
    found = read(COSTS + COST_LINES.format(*amounts))
    assert found.tables == ()
    assert "dubbelzinnig getal" in {each.rule for each in found.refused}
