"""Rows of a JSON document come as they were sent, or the document is refused."""

import pytest

from doelenboom.arrow_json import NotRowsError, read_rows


def test_rows_and_what_stands_beside_them() -> None:
    found = read_rows(b'{"n": "3", "value": [{"a": 1, "b": "x "}, {"a": null, "b": "y"}]}')
    assert found.values.to_pylist() == [{"a": 1, "b": "x "}, {"a": None, "b": "y"}]
    assert (found.columns, found.envelope) == (["a", "b"], {"n": "3"})
    assert found.column("b").to_pylist() == ["x ", "y"]
    with pytest.raises(KeyError, match="c"):
        found.column("c")


def test_text_that_looks_like_a_time_stays_text() -> None:
    found = read_rows(b'{"value": [{"a": "2018-01-01", "b": 1.5}, {"a": "2018-01-02T02:00:00"}]}')
    assert found.column("a").to_pylist() == ["2018-01-01", "2018-01-02T02:00:00"]
    assert found.column("b").to_pylist() == [1.5, None]


def test_an_empty_list_has_no_rows() -> None:
    assert len(read_rows(b'{"value": []}').values) == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"value": null}',
        b'{"value": {"a": 1}}',
        b'{"value": [1]}',
        b'{"value": [{"a": 1}, null]}',
        b'{"value": [{"a": 1}]}{"value": [{"a": 1}]}',
        b'{"value": [{"a": 1}, {"a": "x"}]}',
        b'{"rows": []}',
    ],
)
def test_what_is_no_document_of_rows_is_refused(body: bytes) -> None:
    with pytest.raises(NotRowsError):
        read_rows(body)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"value": [{"a": 1}, {"b": "\xc3\xab", "a": NaN}]}', "in row 2, column a"),
        (b'{"value": [{"a": 1}, {"b": "\xc3\xab", "a": "\xff"}]}', "no UTF-8, in row 2, column a"),
        (b'{"value": [{"a": "{"}, {"a": [1]}]}', "no single value in row 2, column a"),
        (b'{"n": {"a": 1}, "value": [{"a": 1}]}', "no single value as `n`"),
        (b'{"value": [%s]}' % (b"[" * 20_000 + b"]" * 20_000), "depth limit exceeded"),
        (b'{"value": [{}%s]}' % (b",{}" * 100_000), "more than 100,000 lists and objects"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(body: bytes, told: str) -> None:
    with pytest.raises(NotRowsError, match=told):
        read_rows(body)


def test_brackets_in_a_text_are_text() -> None:
    assert read_rows(b'{"value": [{"a": "[{"}]}').column("a").to_pylist() == ["[{"]


def test_a_page_of_few_rows_and_many_columns_takes_no_more_than_its_cells() -> None:
    rows = b",".join(b'{"k%d": 1}' % number for number in range(3_000))
    with pytest.raises(NotRowsError, match="3000 rows with 3000 columns"):
        read_rows(b'{"value": [%s]}' % rows)
