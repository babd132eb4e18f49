"""A client that asks nothing, half or takes nothing is waited for, and then no longer."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from doelenboom.serving import connections as module
from doelenboom.serving.connections import Connection

BYTES = 8_000_000
ASKED = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def _large(_scope: Any, _receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
    headers = [(b"content-length", str(BYTES).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for left in range(BYTES, 0, -50_000):
        await send(
            {"type": "http.response.body", "body": b"x" * 50_000, "more_body": left > 50_000}
        )


async def _talk(said: bytes, pause: float, pieces: int) -> int:
    """Say something to a server; then read, with a pause before each piece. How much has come."""
    config = uvicorn.Config(_large, http=Connection, ws="none", log_config=None)
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: Connection(config, state, {}), "127.0.0.1", 0)
    async with listening:
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.setblocking(False)
        await loop.sock_connect(client, listening.sockets[0].getsockname())
        with client:
            got = 0
            try:
                await loop.sock_sendall(client, said)
                for _ in range(pieces):
                    await asyncio.sleep(pause)
                    piece = await loop.sock_recv(client, BYTES)
                    got += len(piece)
                    if not piece:
                        break
            except ConnectionError:
                pass
            while state.connections:
                await asyncio.sleep(0.01)
    return got


@pytest.mark.parametrize("said", [b"", ASKED[:-2], ASKED[:3]])
def test_one_who_asks_nothing_is_left(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ASK_SECONDS", 0.2)
    assert asyncio.run(asyncio.wait_for(_talk(said, 0, 1), 5)) == 0


def test_one_who_takes_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TAKE_SECONDS", 0.2)
    assert asyncio.run(asyncio.wait_for(_talk(ASKED, 0.8, 1), 5)) < BYTES


def test_one_who_takes_it_slowly_gets_it_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TAKE_SECONDS", 1)
    monkeypatch.setattr(module, "ASK_SECONDS", 1)
    assert asyncio.run(asyncio.wait_for(_talk(ASKED, 0.0001, 1_000_000), 20)) > BYTES
