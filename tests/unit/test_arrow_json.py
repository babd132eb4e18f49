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
