"""Work is done once for all who wait, and who gives up stops nobody else's."""

import asyncio
from functools import partial

import pytest

from doelenboom.serving.once import Once


def test_forty_who_ask_at_once_have_it_done_once() -> None:
    done: list[int] = []

    async def work() -> int:
        await asyncio.sleep(0.01)
        done.append(1)
        return len(done)

    async def all_at_once() -> list[int]:
        once = Once[int](kept=2)
        found = await asyncio.gather(*(once.get("key", work) for _ in range(40)))
        return [*found, await once.get("key", work)]

    assert asyncio.run(all_at_once()) == [1] * 41


def test_who_waits_no_longer_leaves_the_work_to_the_next() -> None:
    async def work() -> str:
        await asyncio.sleep(0.1)
        return "done"

    async def ask_twice() -> str:
        once = Once[str](kept=2)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await once.get("key", work)
        async with asyncio.timeout(5):
            return await once.get("key", _never)

    async def _never() -> str:
        raise AssertionError("it is under way already")

    assert asyncio.run(ask_twice()) == "done"


def test_what_failed_is_tried_again_and_the_oldest_is_forgotten() -> None:
    tried: list[str] = []

    async def work(key: str) -> str:
        tried.append(key)
        if tried == ["a"]:
            raise OSError
        return key

    async def ask() -> None:
        once = Once[str](kept=2)
        with pytest.raises(OSError):
            await once.get("a", lambda: work("a"))
        for key in ("a", "b", "c", "c", "a"):
            assert await once.get(key, partial(work, key)) == key

    asyncio.run(ask())
    assert tried == ["a", "a", "b", "c", "a"]
