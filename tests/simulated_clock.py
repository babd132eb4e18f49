"""A clock that a test sets: what our modules call now. Time goes on from there as it does."""

import sys
import time
from datetime import datetime, tzinfo
from typing import ClassVar

PACKAGES = ("dashboard", "doelenboom", "orchestration")


class _AnyDatetime(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


class Clock(datetime, metaclass=_AnyDatetime):
    """`datetime`, of which now is what it was set to and what went by since."""

    began: ClassVar[datetime]
    began_at: ClassVar[float]

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        passed = time.monotonic() - cls.began_at
        return datetime.fromtimestamp(cls.began.timestamp() + passed, tz)


def set_clock(moment: datetime) -> None:
    """Set what is now for every module of ours that is imported; `put_back` undoes it."""
    Clock.began, Clock.began_at = moment, time.monotonic()
    _replace(datetime, Clock)


def put_back() -> None:
    """Let our modules know the time again."""
    _replace(Clock, datetime)


def _replace(old: type[datetime], new: type[datetime]) -> None:
    for name, module in tuple(sys.modules.items()):
        if name.partition(".")[0] in PACKAGES and vars(module).get("datetime") is old:
            vars(module)["datetime"] = new
