"""What goes wrong at CBS, each as a change of the right answer."""

import gzip
import re
import time
from typing import Any

import orjson

from tests.cbs_server.server import Fault
from tests.cbs_server.service import ATOM, Answer


def dropped(answer: Answer) -> Answer:
    """The connection ends before an answer."""
    answer.drop = True
    return answer


def broken_off(answer: Answer) -> Answer:
    """The connection ends in the middle of the body."""
    answer.send = len(answer.body) // 2
    return answer


def truncated(answer: Answer) -> Answer:
    """Half a body, sent as if it were whole."""
    answer.body = answer.body[: len(answer.body) // 2]
    return answer


def empty(answer: Answer) -> Answer:
    """Nothing, with status 200."""
    answer.body = b""
    return answer


def status(code: int, **headers: str) -> Fault:
    """A status in place of the answer; `Retry_After` becomes a header."""

    def change(_: Answer) -> Answer:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return Answer(b"<html>storing</html>", code, "text/html", names)

    return change


def html_page(_: Answer) -> Answer:
    """An error page of a web server, with status 200."""
    return Answer(b"<!DOCTYPE html><html><p>Er is een storing</p></html>", 200, "text/html")


def atom(_: Answer) -> Answer:
    """Atom, although JSON was asked for."""
    return Answer(ATOM, 200, "application/atom+xml;charset=utf-8")


def json_error(_: Answer) -> Answer:
    """An OData error, with status 200."""
    message = {"lang": "nl", "value": "query returns more than 10000 records"}
    return Answer(orjson.dumps({"odata.error": {"code": "", "message": message}}))


def slow(seconds: float) -> Fault:
    """The right answer, late."""

    def change(answer: Answer) -> Answer:
        time.sleep(seconds)
        return answer

    return change


def trickling(pause: float, *, prompt_headers: bool = False) -> Fault:
    """The right answer byte by byte: all of it, or its body."""

    def change(answer: Answer) -> Answer:
        answer.pause, answer.prompt_headers = pause, prompt_headers
        return answer

    return change


def sent(body: bytes) -> Fault:
    """These bytes in place of the body."""

    def change(answer: Answer) -> Answer:
        answer.body = body
        return answer

    return change


def replaced(old: bytes, new: bytes) -> Fault:
    """The right answer with some bytes in place of others, wherever they stand."""

    def change(answer: Answer) -> Answer:
        assert old in answer.body
        answer.body = answer.body.replace(old, new)
        return answer

    return change


def packed(encoding: str, *bodies: bytes) -> Fault:
    """Bytes, or the right answer, as gzip once for each encoding that the header names."""

    def change(answer: Answer) -> Answer:
        answer.body = b"".join(bodies) or answer.body
        for _ in encoding.split(","):
            answer.body = gzip.compress(answer.body)
        answer.headers["Content-Encoding"] = encoding
        return answer

    return change


def redirected(url: str, code: int = 302) -> Fault:
    """A redirect to a URL."""
    return status(code, Location=url)


def edited(change_document: Any) -> Fault:
    """The right answer after `change_document` edited its JSON document in place."""

    def change(answer: Answer) -> Answer:
        document = orjson.loads(answer.body)
        change_document(document)
        answer.body = orjson.dumps(document)
        return answer

    return change


def repeated(first: Answer) -> Fault:
    """The rows of an earlier page, with the link of this one."""

    def change_document(document: dict[str, Any]) -> None:
        document["value"] = orjson.loads(first.body)["value"]

    return edited(change_document)


def _moved(document: dict[str, Any], pages: int) -> None:
    """Let the link to the next page skip so many pages more, or fewer."""
    link, rows = document["odata.nextLink"], len(document["value"])
    document["odata.nextLink"] = re.sub(
        r"\$skip=(\d+)", lambda found: f"$skip={int(found[1]) + pages * rows}", link
    )


def _short(document: dict[str, Any]) -> None:
    del document["value"][-3:]


def _looping(document: dict[str, Any]) -> None:
    _moved(document, -1)


def _skipping(document: dict[str, Any]) -> None:
    _moved(document, 1)


def _unknown_column(document: dict[str, Any]) -> None:
    document["value"][-1]["k_3ePlaatsing_3"] = 1.0


def _missing_column(document: dict[str, Any]) -> None:
    del document["value"][-1]["Categorie"]


def _wrong_count(document: dict[str, Any]) -> None:
    document["odata.count"] = str(int(document["odata.count"]) + 1)


def _no_count(document: dict[str, Any]) -> None:
    del document["odata.count"]


def _no_next(document: dict[str, Any]) -> None:
    del document["odata.nextLink"]


def _elsewhere(document: dict[str, Any]) -> None:
    document["odata.nextLink"] = document["odata.nextLink"].replace("127.0.0.1", "127.0.0.2")


short_page = edited(_short)
looping_link = edited(_looping)
unknown_column = edited(_unknown_column)
missing_column = edited(_missing_column)
wrong_count = edited(_wrong_count)
without_count = edited(_no_count)
last_page_dropped = edited(_no_next)
page_dropped = edited(_skipping)
link_elsewhere = edited(_elsewhere)
