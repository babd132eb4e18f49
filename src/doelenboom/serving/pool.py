"""The processes that run queries: who waits, who is next, and who is stopped.

A query that takes too long or too much disk, dies, or has lost its client costs its process; the
next one starts another. Knows nothing of HTTP.
"""

import asyncio
import logging
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, replace
from typing import IO, Any, TypeVar

import orjson

from doelenboom.serving.limits import (
    A_MOMENT,
    LONG_SECONDS,
    LONG_STATEMENTS,
    PIECE_BYTES,
    QUERIES,
    SPILL_BYTES,
    STATEMENTS,
    WAITING,
    WorkerLimits,
)
from doelenboom.serving.outgoing import new_file
from doelenboom.serving.spill import bytes_in
from doelenboom.serving.worker import ASKED, ENOUGH, LESS, READY, Job

START_SECONDS = 30
"""How long a process may take to start."""

READY_SECONDS = 5
"""How long one that waits may take to say that it does."""

LOOK_SECONDS = 0.1
"""Time between two looks at what a query has on disk."""

ENOUGH_SECONDS = 2
"""How long a query may take to end when it is told to; its process is ended when it does not."""

T = TypeVar("T")

logger = logging.getLogger(__name__)


class BusyError(Exception):
    """Too many requests wait for their turn, one has waited too long, or no process starts."""


@dataclass(frozen=True)
class Reply:
    """How a query ended, as the worker says it; the body is in a file."""

    outcome: str
    sentence: str
    more: bool
    size: int
    body: IO[bytes]

    def read(self) -> bytes:
        """Return the whole body."""
        self.body.seek(0)
        return self.body.read()


class Worker:
    """One process, started when it is first needed and replaced when it was stopped or died."""

    def __init__(self, limits: WorkerLimits) -> None:
        self._limits = limits
        self._process: Process | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    async def start(self) -> None:
        """Have a process that is ready for a query. Raises `BusyError` where none starts."""
        ready = False
        try:
            ready = self._process is not None and await _is_ready(self._process, READY_SECONDS)
            if not ready:
                await self.stop()
                ready = await _is_ready(await self._launch(), START_SECONDS)
        except OSError as error:
            raise BusyError from error
        finally:
            if not ready:  # also when a client has gone away: what it asked is not answered late
                await self.stop()
        if not ready:
            raise BusyError

    async def _launch(self) -> Process:
        self._folder = tempfile.TemporaryDirectory(
            prefix="query-", dir=self._limits.spill_dir, ignore_cleanup_errors=True
        )
        limits = asdict(replace(self._limits, spill_dir=self._folder.name))
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "doelenboom.serving.worker", orjson.dumps(limits).decode()),
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,  # Ctrl-C in a terminal is for the server alone
            env={},  # nothing to tell, not even a token
        )
        return self._process

    async def ask(self, job: Job) -> Reply:
        """Have a query answered by a process that is ready; whatever breaks it off ends that."""
        whole = False
        try:
            reply = await self._watched(job)
            whole = reply.outcome != "too_much"  # memory that was used up does not come back
            return reply
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            return too_much(f"The query used up what it may use and was stopped: {LESS}")
        except OSError:  # the disk on which the answer is to wait
            return too_much(f"The server has no place on disk for the answer: {LESS}")
        finally:
            if not whole:
                await self.stop()

    async def _watched(self, job: Job) -> Reply:
        """Look at what a query has on disk while it runs: DuckDB's own limit is no wall."""
        assert self._process is not None and self._folder is not None  # started
        async with _ending(_exchange(self._process, job, self._limits)) as exchange:
            while not (await asyncio.wait((exchange,), timeout=LOOK_SECONDS))[0]:
                if bytes_in(self._folder.name) > SPILL_BYTES:
                    return too_much(f"The query needs more disk space than one may use: {LESS}")
            return exchange.result()

    async def break_off(self, query: asyncio.Future[Reply]) -> Reply | None:
        """Have a query end soon, and its process go on; an answer that it has by then is given."""
        process = self._process
        if process is not None and process.stdin is not None:
            process.stdin.write(ENOUGH)
            await asyncio.wait((query,), timeout=ENOUGH_SECONDS)
        reply = query.result() if query.done() else None
        return None if reply is None or reply.outcome == "broken_off" else reply

    async def stop(self) -> None:
        """End the process, whatever it does, and remove what it spilled."""
        process, self._process = self._process, None
        folder, self._folder = self._folder, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if folder is not None:
            await asyncio.to_thread(folder.cleanup)


def too_much(sentence: str) -> Reply:
    """Say that a query has to take less."""
    return Reply("too_much", sentence, more=False, size=0, body=tempfile.SpooledTemporaryFile())


async def _is_ready(process: Process, seconds: float) -> bool:
    """Ask a process whether it can be asked: it may have died, or been stopped, meanwhile."""
    assert process.stdin is not None and process.stdout is not None  # both are pipes
    try:
        async with asyncio.timeout(seconds):
            process.stdin.write(ASKED)
            await process.stdin.drain()
            return await process.stdout.readline() == READY
    except (TimeoutError, ConnectionError):
        return False


async def _exchange(process: Process, job: Job, limits: WorkerLimits) -> Reply:
    assert process.stdin is not None and process.stdout is not None  # both are pipes
    process.stdin.write(orjson.dumps(asdict(job)) + b"\n")
    await process.stdin.drain()
    head = orjson.loads(await process.stdout.readline())
    size = left = head.pop("bytes")
    body = new_file(limits.spill_dir)
    while left:
        piece = await process.stdout.read(min(left, PIECE_BYTES))
        if not piece:
            raise asyncio.IncompleteReadError(piece, left)
        body.write(piece)
        left -= len(piece)
    return Reply(body=body, size=size, **head)


class Slots:
    """So many at once; of those who wait, who waits behind all others comes last."""

    def __init__(self, free: int) -> None:
        self._free = free
        self._waiting: dict[bool, deque[asyncio.Future[None]]] = {False: deque(), True: deque()}

    @property
    def are_wanted(self) -> bool:
        """Tell whether somebody waits who does not wait behind all others."""
        return any(not waiting.done() for waiting in self._waiting[False])

    async def acquire(self, behind: bool) -> None:
        """Take a slot, when there is one."""
        if self._free:
            self._free -= 1
            return
        waiting = asyncio.get_running_loop().create_future()
        self._waiting[behind].append(waiting)
        try:
            await waiting
        except asyncio.CancelledError:
            if not waiting.cancelled():
                self.release()  # it had just become ours
            raise

    def release(self) -> None:
        """Give a slot back, or to who is next; who has gone meanwhile is passed over."""
        for line in self._waiting.values():
            while line:
                waiting = line.popleft()
                if not waiting.done():
                    waiting.set_result(None)
                    return
        self._free += 1


class Pool:
    """As many workers as queries may run at once, and a line of limited length before them.

    A statement of a client may take any time, a page of a table little: all workers but one may be
    taken by statements, and all but one of those by long ones. So a page never waits for a
    statement, nor a short statement for the end of a long one. Nor for many that begin at once:
    while others wait for their first turn, one that is not done in a moment goes behind them.
    """

    def __init__(self, limits: WorkerLimits) -> None:
        self.seconds = limits.seconds
        self._workers = [Worker(limits) for _ in range(QUERIES)]
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._statements = Slots(STATEMENTS)
        self._long = asyncio.Semaphore(LONG_STATEMENTS)
        self._starting: set[asyncio.Task[None]] = set()
        self._waiting = 0

    async def start(self) -> None:
        """Start all processes; one that does not start is tried again when it is needed."""
        await asyncio.gather(*(self._make_idle(worker) for worker in self._workers))

    async def stop(self) -> None:
        """End all processes."""
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        await asyncio.gather(*(worker.stop() for worker in self._workers))

    async def run(self, job: Job) -> Reply:
        """Have a query answered. Raises `BusyError` when the line is full or does not move."""
        if job.free:
            return await self._run_statement(job)
        async with self._worker() as worker, _ending(worker.ask(job)) as query:
            return await self._within_limit(query, self.seconds)

    async def _run_statement(self, job: Job) -> Reply:
        """Run what may be long; if it is while enough of those run, then anew in its turn."""
        for tried in (False, True):
            async with self._statement(job, tried) as (worker, query):
                if await self._is_short(query, tried):
                    return query.result()
                if not self._long.locked():
                    async with self._long:
                        return await self._within_limit(query, self.seconds - LONG_SECONDS)
                if (reply := await worker.break_off(query)) is not None:
                    return reply
        async with (
            self._slot(self._long.acquire, self._long.release),
            self._statement(job, tried=False) as (_, query),
        ):
            return await self._within_limit(query, self.seconds)

    @asynccontextmanager
    async def _statement(
        self, job: Job, tried: bool
    ) -> AsyncIterator[tuple[Worker, asyncio.Task[Reply]]]:
        """Have a statement under way, in its turn: behind all others when it was `tried`."""
        slots = self._statements
        async with (
            self._slot(lambda: slots.acquire(behind=tried), slots.release),
            self._worker() as worker,
            _ending(worker.ask(job)) as query,
        ):
            yield worker, query

    async def _is_short(self, query: asyncio.Future[Reply], tried: bool) -> bool:
        """Wait for a statement; not long, and only a moment if others wait for their first turn."""
        began = time.monotonic()
        while not (await asyncio.wait((query,), timeout=A_MOMENT / 2))[0]:
            ran = time.monotonic() - began
            others = not tried and self._statements.are_wanted
            if ran > (A_MOMENT if others else min(LONG_SECONDS, self.seconds)):
                return False
        return True

    @asynccontextmanager
    async def _slot(
        self, take: Callable[[], Awaitable[object]], release: Callable[[], None]
    ) -> AsyncIterator[None]:
        await self._turn(take)
        try:
            yield
        finally:
            release()

    async def _within_limit(self, query: asyncio.Future[Reply], seconds: float) -> Reply:
        if (await asyncio.wait((query,), timeout=seconds))[0]:
            return query.result()
        return too_much(f"The query takes longer than {self.seconds:g} seconds: {LESS}")

    @asynccontextmanager
    async def _worker(self) -> AsyncIterator[Worker]:
        """Wait for a worker that is ready; one that was stopped starts again when it is left."""
        worker = await self._turn(self._idle.get)
        try:
            await worker.start()  # not on the clock of the query
            yield worker
        finally:
            task = asyncio.ensure_future(self._make_idle(worker))
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _make_idle(self, worker: Worker) -> None:
        try:
            await worker.start()
        except BusyError:
            logger.warning("A process that runs queries does not start")
        finally:
            self._idle.put_nowait(worker)

    async def _turn(self, coming: Callable[[], Awaitable[T]]) -> T:
        if self._waiting >= WAITING:
            raise BusyError
        self._waiting += 1
        try:
            async with asyncio.timeout(self.seconds):
                return await coming()
        except TimeoutError:
            raise BusyError from None
        finally:
            self._waiting -= 1


@asynccontextmanager
async def _ending(work: Coroutine[Any, Any, T]) -> AsyncIterator[asyncio.Task[T]]:
    """Have work done beside; at the end it is broken off, and has ended."""
    task = asyncio.ensure_future(work)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait((task,))
