"""A connection to a client, and how long it is waited for: to ask, and to take what is sent.

Built on uvicorn's protocol over h11. Knows nothing of what is asked or answered.
"""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from doelenboom.serving.limits import ASK_SECONDS, TAKE_SECONDS


class Connection(H11Protocol):
    """Ends a connection whose client asks nothing, or takes nothing of what is sent, for too long.

    Half a request asks nothing. While the client has not taken what there is, no more is written;
    what is left of an answer when all is written is to be taken before the next is asked.
    """

    _deadline: asyncio.TimerHandle | None = None
    _seconds: float | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait(None)
        super().connection_lost(exc)

    def handle_events(self) -> None:
        super().handle_events()
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._watch()

    def _watch(self) -> None:
        """Have the deadline of what is waited for now; one that stands already stays."""
        answering = self.conn.our_state in (h11.SEND_RESPONSE, h11.SEND_BODY)
        if self.flow.write_paused:
            wanted: float | None = TAKE_SECONDS
        else:
            wanted = None if answering and not self.transport.is_closing() else ASK_SECONDS
        if wanted != self._seconds:
            self._wait(wanted)

    def _wait(self, seconds: float | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._seconds = seconds
        aborted = self.transport.abort
        self._deadline = None if seconds is None else self.loop.call_later(seconds, aborted)
