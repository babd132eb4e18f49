"""Logic of the warehouse in Python, one room per arrow of the data's way.

For readers: `doelenboom.connect()` opens what is published, `doelenboom.trace()` follows a figure.
Nothing in this package imports dagster or dbt, and none but `commands.running` imports
`orchestration`: it starts the nightly job. Who may import whom stands in `.importlinter`.
Only `settings` reads the environment.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doelenboom.client import Connection, NewReleaseWarning, connect, trace

__all__ = ["Connection", "NewReleaseWarning", "connect", "trace"]


def __getattr__(name: str) -> Any:
    """Load what readers use when it is asked for: a command does without it."""
    if name == "__version__":
        return import_module("importlib.metadata").version("doelenboom")
    if name in __all__:
        return getattr(import_module("doelenboom.client"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
