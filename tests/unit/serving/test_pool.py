"""A process that runs queries is stopped at its limits, and replaced when it has died."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import duckdb
import pytest

from doelenboom.serving import pool as module
from doelenboom.serving.limits import QUERIES, WorkerLimits
from doelenboom.serving.pool import Pool, Reply, Slots, Worker
from doelenboom.serving.worker import Job

pytestmark = pytest.mark.slow

T = TypeVar("T")
SPILLS = "select repeat(md5(range::varchar), 50) as t from range(100000000) order by hash(range)"

LIMIT_SECONDS = 60
"""A ceiling: on a machine that does much else each process takes seconds to begin and to end."""


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = tmp_path / "published.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
    return str(path)


def _with_worker(tmp_path: Path, work: Callable[[Worker], Awaitable[T]]) -> T:
    """Do something with a worker, which ends after it; within a limit, as its queries."""
    (tmp_path / "spill").mkdir()

    async def run() -> T:
        worker = Worker(WorkerLimits(100_000_000, 2, LIMIT_SECONDS, str(tmp_path / "spill")))
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                return await work(worker)
        finally:
            await worker.stop()

    return asyncio.run(run())


async def _ask(worker: Worker, database: str, sql: str) -> Reply:
    await worker.start()
    return await worker.ask(Job(database, sql, [], "csv", 1_000, free=True))


def test_a_query_that_spills_more_than_it_may_is_stopped_whatever_duckdb_allows(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SPILL_BYTES", 20_000_000)
    reply = _with_worker(tmp_path, lambda worker: _ask(worker, database, SPILLS))
    assert (reply.outcome, reply.size) == ("too_much", 0)
    assert reply.sentence.startswith("The query needs more disk space than one may use")
    assert list((tmp_path / "spill").iterdir()) == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_process_that_died_or_hangs_while_idle_costs_the_next_query_nothing(
    how: signal.Signals, tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "READY_SECONDS", 0.5)

    async def work(worker: Worker) -> bytes:
        for _ in range(2):
            reply = await _ask(worker, database, "select 1 as x")
            process = worker._process
            assert process is not None
            os.kill(process.pid, how)
        reply = await _ask(worker, database, "select 1 as x")
        assert worker._process is not process
        return reply.read()

    assert _with_worker(tmp_path, work) == b"x\n1\n"


def test_a_client_that_goes_while_its_process_is_asked_leaves_nothing_to_the_next(
    tmp_path: Path, database: str
) -> None:
    async def work(worker: Worker) -> bytes:
        await worker.start()
        gone = asyncio.ensure_future(worker.start())
        await asyncio.sleep(0)  # it has asked whether the process is ready
        gone.cancel()
        await asyncio.wait((gone,))
        reply = await _ask(worker, database, "select 1 as x")
        return reply.read()

    assert _with_worker(tmp_path, work) == b"x\n1\n"


def test_a_process_ends_with_whoever_asks_also_in_the_middle_of_a_query(
    tmp_path: Path, database: str
) -> None:
    async def work(worker: Worker) -> int:
        await worker.start()
        process = worker._process
        assert process is not None and process.stdin is not None
        query = asyncio.ensure_future(_ask(worker, database, SPILLS))
        await asyncio.sleep(1)
        assert not query.done()
        process.stdin.close()  # as the system does when the other end dies
        code = await process.wait()
        query.cancel()
        return code

    assert _with_worker(tmp_path, work) == 0


def test_a_large_answer_waits_on_disk_under_no_name(tmp_path: Path, database: str) -> None:
    async def work(worker: Worker) -> None:
        reply = await _ask(worker, database, "select repeat('x', 1000000) as x from range(3)")
        assert reply.size == len(reply.read()) == 2 + 3 * 1_000_001
        assert len(list((tmp_path / "spill").iterdir())) == 1  # the process's own
        reply.body.close()

    _with_worker(tmp_path, work)


LONG = "select sum(a.range * b.range) from range(10000000) a, range(1000000) b"
SHORT = "select 1 as x"
A_WHILE = "select count(*) as n from range(20000) a, range(10000) b where a.range <> b.range"


def _with_pool(tmp_path: Path, seconds: float, work: Callable[[Pool], Awaitable[T]]) -> T:
    """Do something with a pool, which ends after it; within a limit."""

    async def run() -> T:
        pool = Pool(WorkerLimits(100_000_000, 1, seconds, str(tmp_path)))
        await pool.start()
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                return await work(pool)
        finally:
            await pool.stop()

    return asyncio.run(run())


def test_a_page_and_a_short_statement_do_not_wait_for_long_ones(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONG_SECONDS", 0.2)

    async def work(pool: Pool) -> bytes:
        long = Job(database, LONG, [], "csv", 10, free=True)
        hogs = [asyncio.ensure_future(pool.run(long)) for _ in range(QUERIES + 1)]
        await asyncio.sleep(0.5)
        async with asyncio.timeout(LIMIT_SECONDS / 2):
            page = await pool.run(Job(database, "select 1 as x", [], "csv", 10, free=False))
            short = await pool.run(Job(database, "select 1 as x", [], "csv", 10, free=True))
        assert not any(hog.done() for hog in hogs)
        for hog in hogs:
            hog.cancel()
        await asyncio.gather(*hogs, return_exceptions=True)
        return page.read() + short.read()

    assert _with_pool(tmp_path, LIMIT_SECONDS, work) == b"x\n1\nx\n1\n"


def test_a_short_statement_does_not_wait_for_many_that_begin_at_once(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONG_SECONDS", 2)
    asked: list[str] = []
    ask = Worker.ask

    async def ask_and_tell(worker: Worker, job: Job) -> Reply:
        asked.append(job.sql)
        return await ask(worker, job)

    monkeypatch.setattr(Worker, "ask", ask_and_tell)

    async def work(pool: Pool) -> bytes:
        long = Job(database, LONG, [], "csv", 10, free=True)
        hogs = [asyncio.ensure_future(pool.run(long)) for _ in range(QUERIES + 4)]
        await asyncio.sleep(0.2)
        short = Job(database, SHORT, [], "csv", 10, free=True)
        reply = await pool.run(short)
        for hog in hogs:
            hog.cancel()
        await asyncio.gather(*hogs, return_exceptions=True)
        return reply.read()

    assert _with_pool(tmp_path, LIMIT_SECONDS, work) == b"x\n1\n"
    assert asked.index(SHORT) <= QUERIES + 4  # each before it once, none a second time


def test_a_query_that_is_broken_off_costs_no_process(tmp_path: Path, database: str) -> None:
    async def work(worker: Worker) -> bytes:
        await worker.start()
        query = asyncio.ensure_future(_ask(worker, database, LONG))
        await asyncio.sleep(1)
        process = worker._process
        assert await worker.break_off(query) is None
        assert query.result().outcome == "broken_off"
        reply = await _ask(worker, database, "select 1 as x")
        assert worker._process is process
        return reply.read()

    assert _with_worker(tmp_path, work) == b"x\n1\n"


def test_of_those_who_wait_who_has_gone_is_passed_over_and_who_stands_behind_is_last() -> None:
    async def run() -> list[str]:
        slots, came = Slots(1), list[str]()

        async def take(name: str, behind: bool) -> None:
            await slots.acquire(behind)
            came.append(name)
            slots.release()

        await slots.acquire(behind=False)
        waiting = [
            asyncio.ensure_future(take(name, name == "tried")) for name in ("tried", "gone", "new")
        ]
        await asyncio.sleep(0)
        assert slots.are_wanted
        waiting[1].cancel()
        slots.release()
        await asyncio.gather(*waiting, return_exceptions=True)
        await slots.acquire(behind=True)  # free, so at once
        return came

    assert asyncio.run(run()) == ["new", "tried"]


def test_what_is_broken_off_for_others_begins_anew_in_its_turn(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONG_SECONDS", 0.1)
    monkeypatch.setattr(module, "LONG_STATEMENTS", 1)

    async def work(pool: Pool) -> set[bytes]:
        job = Job(database, A_WHILE, [], "csv", 10, free=True)
        return {reply.read() for reply in await asyncio.gather(pool.run(job), pool.run(job))}

    assert _with_pool(tmp_path, LIMIT_SECONDS, work) == {b"n\n199990000\n"}
