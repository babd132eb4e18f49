"""Answers on their way take no more than there is room for, and the slowest makes way."""

import asyncio
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from doelenboom.serving.limits import PIECE_BYTES
from doelenboom.serving.outgoing import Outgoing, Sent, new_file


async def _sending(outgoing: Outgoing, size: int, seconds: float) -> str:
    try:
        async with outgoing.sending(size):
            await asyncio.sleep(seconds)
    except TimeoutError:
        return "cut off"
    return "sent"


def test_those_longest_on_their_way_make_room_and_the_last_is_never_cut_off(
    tmp_path: Path,
) -> None:
    async def send() -> list[str]:
        outgoing = Outgoing(str(tmp_path), most=10)
        ends = await asyncio.gather(
            _sending(outgoing, 4, 60),
            _sending(outgoing, 4, 0.1),
            _sending(outgoing, 4, 0.1),
            _sending(outgoing, 2, 0.1),
        )
        return list(ends)

    async def send_one() -> str:
        return await _sending(Outgoing(str(tmp_path), most=10), 11, 0.01)

    assert asyncio.run(asyncio.wait_for(send(), 5)) == ["cut off", "sent", "sent", "sent"]
    assert asyncio.run(send_one()) == "sent"


def test_an_answer_that_is_on_its_way_too_long_is_cut_off(tmp_path: Path) -> None:
    async def send() -> str:
        return await _sending(Outgoing(str(tmp_path), seconds=0.05), 1, 60)

    assert asyncio.run(asyncio.wait_for(send(), 5)) == "cut off"


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES, 3 * PIECE_BYTES + 1])
def test_all_bytes_are_sent_in_small_pieces_and_the_file_is_closed(
    size: int, tmp_path: Path
) -> None:
    content = new_file(str(tmp_path))
    content.write(b"x" * size)
    sent: list[bytes] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        if isinstance(body := message.get("body"), bytes):
            sent.append(body)

    async def receive() -> MutableMapping[str, Any]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    answer = Sent(Outgoing(str(tmp_path)), content, size, "text/csv", {"ETag": '"x"'})
    asyncio.run(answer({"type": "http"}, receive, send))
    assert b"".join(sent) == b"x" * size
    assert max(map(len, sent)) <= PIECE_BYTES
    assert answer.headers["content-length"] == str(size)
    assert content.closed
    assert list(tmp_path.iterdir()) == []
