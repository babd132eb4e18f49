"""The processes that run queries: who waits, who is next, and who is stopped.

A query that takes too long, dies, or has lost its client costs its process; the next one starts
another. Knows nothing of HTTP.
"""

import asyncio
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from dataclasses import asdict, replace
from pathlib import Path

import orjson

from doelenboom.serving.limits import QUERIES, WAITING, WorkerLimits
from doelenboom.serving.worker import READY, Answer, Job


class BusyError(Exception):
    """Too many requests wait for their turn, or one has waited too long."""


class Worker:
    """One process, started when it is first needed and replaced when it was stopped."""

    def __init__(self, limits: WorkerLimits) -> None:
        self._limits = limits
        self._process: Process | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    async def start(self) -> Process:
        """Return the process, ready for a query; a new one where there is none."""
        if self._process is None:
            try:
                await self._launch()
            except BaseException:  # a client that has gone away, too
                await self.stop()
                raise
        assert self._process is not None  # launched
        return self._process

    async def _launch(self) -> None:
        parent = Path(self._limits.spill_dir)
        parent.mkdir(parents=True, exist_ok=True)
        self._folder = tempfile.TemporaryDirectory(prefix="serve-", dir=parent)
        limits = asdict(replace(self._limits, spill_dir=self._folder.name))
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "doelenboom.serving.worker", orjson.dumps(limits).decode()),
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,  # Ctrl-C in a terminal is for the server alone
            env={},  # nothing to tell, not even a token
        )
        assert self._process.stdout is not None  # a pipe
        if await self._process.stdout.readline() != READY:
            raise RuntimeError("the process that runs queries does not start")

    async def ask(self, job: Job) -> Answer:
        """Have a query answered; whatever breaks it off ends the process."""
        whole = False
        try:
            answer = await _exchange(await self.start(), job)
            whole = answer.outcome != "too_much"  # memory that was used up does not come back
            return answer
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            return Answer("too_much", "The query used up what it may use and was stopped")
        finally:
            if not whole:
                await self.stop()

    async def stop(self) -> None:
        """End the process, whatever it does, and remove what it spilled."""
        process, self._process = self._process, None
        if process is not None:
            if process.returncode is None:
                process.kill()
            await process.wait()
        if self._folder is not None:
            self._folder.cleanup()


async def _exchange(process: Process, job: Job) -> Answer:
    assert process.stdin is not None and process.stdout is not None  # both are pipes
    process.stdin.write(orjson.dumps(asdict(job)) + b"\n")
    await process.stdin.drain()
    head = orjson.loads(await process.stdout.readline())
    body = await process.stdout.readexactly(head.pop("bytes"))
    return Answer(body=body, **head)


class Pool:
    """As many workers as queries may run at once, and a line of limited length before them."""

    def __init__(self, limits: WorkerLimits) -> None:
        self._seconds = limits.seconds
        self._workers = [Worker(limits) for _ in range(QUERIES)]
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._waiting = 0

    async def start(self) -> None:
        """Start all processes."""
        await asyncio.gather(*(worker.start() for worker in self._workers))
        for worker in self._workers:
            self._idle.put_nowait(worker)

    async def stop(self) -> None:
        """End all processes."""
        await asyncio.gather(*(worker.stop() for worker in self._workers))

    async def run(self, job: Job) -> Answer:
        """Have a query answered. Raises `BusyError` when the line is full or does not move."""
        worker = await self._turn()
        try:
            await worker.start()  # not on the clock of the query
            async with asyncio.timeout(self._seconds):
                return await worker.ask(job)
        except TimeoutError:
            return Answer("too_much", f"The query takes longer than {self._seconds:g} seconds")
        finally:
            self._idle.put_nowait(worker)

    async def _turn(self) -> Worker:
        if self._waiting >= WAITING:
            raise BusyError
        self._waiting += 1
        try:
            async with asyncio.timeout(self._seconds):
                return await self._idle.get()
        except TimeoutError:
            raise BusyError from None
        finally:
            self._waiting -= 1
