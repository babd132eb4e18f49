"""How rows look as text: digits kept, null told from empty, no text a formula."""

import csv
import json
import math
import re
from datetime import date, datetime, time
from decimal import Decimal
from enum import IntEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doelenboom.row_text import FORMULA, as_text, csv_line, json_overhead, json_record

PLAIN = st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False)
PLAIN = PLAIN.filter(lambda value: not isinstance(value, float) or math.isfinite(value))


class One(IntEnum):
    one = 1


@settings(max_examples=30)
@given(st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_a_record_is_json_as_python_writes_it(value: object) -> None:
    assert json_record(["x"], [value]) == json.dumps({"x": value}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("value", "text", "in_json"),
    [
        (Decimal("1.250"), "1.250", "1.250"),
        (Decimal("1E+3"), "1000", "1000"),
        (float("nan"), "nan", "null"),
        (True, "true", "true"),
        (One.one, "1", "1"),
        (None, "", "null"),
        (date(2018, 1, 2), "2018-01-02", '"2018-01-02"'),
        (datetime(2018, 1, 2, 3, 4), "2018-01-02T03:04:00", '"2018-01-02T03:04:00"'),
        (time(3, 4), "03:04:00", '"03:04:00"'),
        (b"\x01", "01", '"01"'),
        ([Decimal("1.0"), None, "a"], '[1.0, null, "a"]', '[1.0, null, "a"]'),
    ],
)
def test_a_value_keeps_its_digits(value: object, text: str, in_json: str) -> None:
    assert as_text(value) == text
    assert json_record(["x"], [value]) == f'{{"x": {in_json}}}'


def test_a_line_of_csv_tells_null_from_empty() -> None:
    assert csv_line([None, "", 'a"b', 1]) == ',"","a""b",1\n'


@given(st.lists(st.text(min_size=1), min_size=1, unique=True), st.data())
def test_no_record_is_smaller_than_what_it_has_whatever_it_holds(
    names: list[str], data: st.DataObject
) -> None:
    values = [data.draw(PLAIN) for _ in names]
    record = json_record(names, values) + ",\n"
    assert len(record.encode("utf-8", "replace")) >= json_overhead(names)


def field(text: object) -> str:
    """The one field of a line of CSV, as a spreadsheet reads it."""
    return next(csv.reader([csv_line([text])]))[0]


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-5%", "@SUM(A1)", "\tx", "\r=1"])
def test_no_text_begins_as_a_formula(text: str) -> None:
    assert field(text) == f"'{text}"


@pytest.mark.parametrize("value", [-5, -0.5, Decimal("-12.500"), "a=1", "'t Harde", "5-6"])
def test_numbers_and_other_texts_are_as_they_were(value: object) -> None:
    assert field(value) == str(value)


@given(st.text(st.sampled_from("'=+-@\ta1\""), max_size=6))
def test_what_was_guarded_is_read_back(text: str) -> None:
    read = field(text)
    assert not re.match(r"[=+\-@\t\r]", read)
    assert (read[1:] if re.match(FORMULA, read) else read) == text
