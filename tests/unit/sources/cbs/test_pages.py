"""A page is what was asked, whole, or it is refused by name."""

from typing import Any

import orjson
import pytest

from doelenboom.sources.cbs.faults import ContentError
from doelenboom.sources.cbs.pages import FEED_PAGE_ROWS, Page, PageSequence, read_page

URL = "https://cbs.test/ODataFeed/odata/45042NED/TypedDataSet"


def body(rows: list[Any], **envelope: str) -> bytes:
    return orjson.dumps({"value": rows, **{f"odata.{k}": v for k, v in envelope.items()}})


def page(first: int, rows: int, *, url: str = URL, next_link: str | None = None) -> Page:
    values = [{"ID": number, "K": "a"} for number in range(first, first + rows)]
    envelope = {"nextLink": next_link} if next_link else {}
    return read_page(url, body(values, **envelope))


def sequence(known: set[str] | None = None) -> PageSequence:
    return PageSequence("ID", {"ID", "K"}, {"ID", "K"}, known)


def test_a_page_has_its_rows_its_count_and_the_link_as_it_was_sent() -> None:
    link = f"{URL}?$format=json&$skip=10000&$filter=(a%20ne%20null)"
    found = read_page(URL, body([{"ID": 1}], count="25", nextLink=link))
    assert (found.records(["ID", "K"]), found.count, found.next_link) == ([{"ID": 1}], 25, link)


def test_a_link_without_a_host_is_read_from_where_it_stands() -> None:
    assert read_page(URL, body([], nextLink="TypedDataSet?$skip=1")).next_link == f"{URL}?$skip=1"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"", "answers with nothing, expected JSON"),
        (b"<!DOCTYPE html><p>Storing</p>", "begins with '<!DOCTYPE html"),
        (b"\xef\xbb\xbf<feed>", "begins with '<feed>'"),
        (b'{"value": [{"ID": 1}', "no page of rows: unexpected end of data"),
        (b'{"odata.error": {"message": {"value": "te  groot"}}}', "with an error: te groot"),
        (b'{"odata.error": "stuk"}', "with an error: stuk"),
        (b'{"rows": []}', "no list of rows as `value`"),
        (b'{"value": [1]}', "int as row 1 of `value`"),
        (b'{"value": [], "odata.count": "many"}', "'many' as odata.count"),
        (b'{"value": [], "odata.nextLink": 7}', "'7' as odata.nextLink"),
    ],
)
def test_what_is_no_page_is_refused_with_its_url(sent: bytes, told: str) -> None:
    with pytest.raises(ContentError) as refusal:
        read_page(URL, sent)
    assert told in str(refusal.value)
    assert str(refusal.value).startswith(URL)


def test_pages_that_follow_each_other_are_counted_to_the_last_row() -> None:
    judged = sequence({"ID", "K"})
    judged.accept(page(0, FEED_PAGE_ROWS, next_link=f"{URL}?2"))
    judged.accept(page(FEED_PAGE_ROWS, 7, url=f"{URL}?2"))
    judged.finish(URL, FEED_PAGE_ROWS + 7)
    with pytest.raises(ContentError, match="10007 rows came, the source counts 10008"):
        judged.finish(URL, FEED_PAGE_ROWS + 8)


def test_a_short_page_that_another_follows_is_refused() -> None:
    with pytest.raises(ContentError, match="9999 rows and a next page, expected 10000"):
        sequence().accept(page(0, FEED_PAGE_ROWS - 1, next_link=f"{URL}?2"))


def test_a_page_that_comes_back_is_refused() -> None:
    judged = sequence()
    judged.accept(page(0, FEED_PAGE_ROWS, next_link=f"{URL}?2"))
    with pytest.raises(ContentError, match=r"repeats 10000 rows of an earlier page, .* ID 0"):
        judged.accept(page(0, FEED_PAGE_ROWS, url=f"{URL}?2", next_link=f"{URL}?3"))


def test_a_page_that_overlaps_the_one_before_is_refused() -> None:
    judged = sequence()
    judged.accept(page(0, FEED_PAGE_ROWS, next_link=f"{URL}?2"))
    with pytest.raises(ContentError, match=r"repeats 1 rows of an earlier page, .* ID 9999"):
        judged.accept(page(FEED_PAGE_ROWS - 1, 5, url=f"{URL}?2"))


def test_pages_in_another_order_are_no_repetition() -> None:
    judged = sequence()
    judged.accept(read_page(URL, body([{"ID": 9, "K": "a"}, {"ID": 1, "K": "a"}])))
    judged.accept(read_page(URL, body([{"ID": 5, "K": "a"}])))
    assert judged.rows == 3


def test_rows_with_the_same_key_on_one_page_are_refused() -> None:
    with pytest.raises(ContentError, match="rows with the same ID"):
        sequence().accept(read_page(URL, body([{"ID": 1, "K": "a"}, {"ID": 1, "K": "b"}])))


def test_a_link_to_a_page_that_was_read_is_refused() -> None:
    judged = sequence()
    judged.accept(page(0, FEED_PAGE_ROWS, next_link=f"{URL}?2"))
    with pytest.raises(ContentError, match=r"\?2, which was already read"):
        judged.accept(page(FEED_PAGE_ROWS, FEED_PAGE_ROWS, url=f"{URL}?2", next_link=f"{URL}?2"))


def test_an_unknown_column_is_named_with_its_row() -> None:
    rows = [{"ID": 1, "K": "a"}, {"ID": 2, "K": "a", "k_3ePlaatsing_3": 1}]
    with pytest.raises(ContentError, match="row 2 has the unknown column k_3ePlaatsing_3"):
        sequence({"ID", "K"}).accept(read_page(URL, body(rows)))


def test_a_missing_column_is_named_with_its_row() -> None:
    rows: list[Any] = [{"ID": 1, "K": "a"}, {"ID": 2}]
    with pytest.raises(ContentError, match="row 2 has no K"):
        sequence().accept(read_page(URL, body(rows)))


def test_keys_of_two_kinds_are_refused() -> None:
    rows: list[Any] = [{"ID": 1, "K": "a"}, {"ID": "2", "K": "a"}]
    with pytest.raises(ContentError, match="changed from number to string"):
        read_page(URL, body(rows))
    judged = sequence()
    judged.accept(read_page(URL, body([{"ID": 1, "K": "a"}])))
    with pytest.raises(ContentError, match="has string as ID, not int64"):
        judged.accept(read_page(URL, body([{"ID": "2", "K": "a"}])))


def test_a_column_that_no_row_has_is_named() -> None:
    with pytest.raises(ContentError, match="has no column K"):
        sequence().accept(read_page(URL, body([{"ID": 1}])))
