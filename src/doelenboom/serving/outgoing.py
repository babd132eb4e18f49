"""Answers on their way to clients: on disk, in pieces, with an end to how much and how long.

Knows nothing of what an answer says. A client that does not take its answer costs one piece of
memory, and room on disk until others need it.
"""

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import IO

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from doelenboom.serving.limits import MOST_UNDER_WAY, PIECE_BYTES, SEND_SECONDS

logger = logging.getLogger(__name__)


class Outgoing:
    """All answers on their way, in the order in which they began."""

    def __init__(
        self, spill_dir: str, most: int = MOST_UNDER_WAY, seconds: float = SEND_SECONDS
    ) -> None:
        self._spill_dir = spill_dir
        self._most = most
        self._seconds = seconds
        self._under_way: dict[asyncio.Timeout, int] = {}

    def from_disk(self, made: Response) -> Response:
        """Put what an answer holds in memory on disk, and send it from there."""
        content = new_file(self._spill_dir)
        content.write(made.body)
        return Sent(self, content, len(made.body), None, made.headers)

    @asynccontextmanager
    async def sending(self, size: int) -> AsyncIterator[None]:
        """Send so many bytes while entered, and cut off others where those are too many.

        Raises `TimeoutError` when this takes too long, or is cut off.
        """
        async with asyncio.timeout(self._seconds) as ending:
            self._under_way[ending] = size
            self._cut_off()
            try:
                yield
            finally:
                self._under_way.pop(ending, None)

    def _cut_off(self) -> None:
        """Cut off those that are longest on their way, but not the last, until there is room."""
        over = sum(self._under_way.values()) - self._most
        for ending, size in list(self._under_way.items())[:-1]:
            if over <= 0:
                break
            over -= size
            del self._under_way[ending]
            ending.reschedule(asyncio.get_running_loop().time())


def new_file(spill_dir: str) -> IO[bytes]:
    """Make a file that has no name: its first piece is in memory, all is gone when it is closed."""
    return tempfile.SpooledTemporaryFile(PIECE_BYTES, dir=spill_dir)


class Sent(StreamingResponse):
    """The bytes of a file, which is closed when they are sent or will not be."""

    def __init__(
        self,
        outgoing: Outgoing,
        content: IO[bytes],
        size: int,
        media_type: str | None,
        headers: Mapping[str, str],
    ) -> None:
        super().__init__(_pieces(content), headers=headers, media_type=media_type)
        self.headers["Content-Length"] = str(size)
        self._outgoing = outgoing
        self._content = content
        self._size = size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it whole, or as far as it comes: `Content-Length` then tells the client."""
        try:
            async with self._outgoing.sending(self._size):
                await super().__call__(scope, receive, send)
        except TimeoutError:
            logger.warning("An answer of %s bytes is cut off: its client is slow", self._size)
        finally:
            self._content.close()


async def _pieces(content: IO[bytes]) -> AsyncIterator[bytes]:
    content.seek(0)
    while piece := content.read(PIECE_BYTES):
        yield piece
