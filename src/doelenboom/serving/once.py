"""Work that many wait for and that is done once.

Knows nothing of what the work is, nor of HTTP.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from typing import Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """Results by key, the latest `kept` of them; whoever asks for one under way waits for it.

    Who stops waiting does not stop the work. What failed is done again for the next who asks.
    """

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._tasks: dict[Hashable, asyncio.Task[T]] = {}

    async def get(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """Return what the work for a key gives; raises what it raises."""
        task = self._tasks.get(key)
        if task is None:
            task = self._tasks[key] = asyncio.ensure_future(_started(work))
            task.add_done_callback(partial(self._forget_failed, key))
            for oldest in list(self._tasks)[: -self._kept]:
                del self._tasks[oldest]
        return await asyncio.shield(task)

    def _forget_failed(self, key: Hashable, task: asyncio.Task[T]) -> None:
        failed = task.cancelled() or task.exception() is not None
        if failed and self._tasks.get(key) is task:
            del self._tasks[key]


async def _started(work: Callable[[], Awaitable[T]]) -> T:
    return await work()
