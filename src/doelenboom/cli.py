"""The command line: all commands under one name, and an error as one sentence and an exit code.

What a command does stands in `commands`; no rule about a figure lives here, and no layout
(`terminal`).
"""

import atexit
import io
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from multiprocessing.util import _run_finalizers  # type: ignore[attr-defined]
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from doelenboom.commands import (
    asking,
    dropping,
    exporting,
    extracting,
    fetching,
    finding,
    monitoring,
    querying,
    releases,
    reviewing,
    running,
    serving,
)
from doelenboom.commands.arguments import Group, sentence_of
from doelenboom.commands.options import load_settings
from doelenboom.commands.terminal import say
from doelenboom.errors import DoelenboomError, RefusedError, in_one_line

FAILED = 1
USAGE = 2
TYPER_INTERRUPTED = 130
"""What Typer returns in the place of a KeyboardInterrupt."""

MOST_WRITTEN = 4_000
"""Characters of a sentence; a list of names may be long."""

INTERRUPTED = "interrupted; what is published is untouched"

app = typer.Typer(
    name="doelenboom",
    cls=Group,
    help="An open data warehouse for Dutch municipalities: what did we want, do, and pay. "
    "Start with `run`, then ask with `query`.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for commands in (
    running,
    fetching,
    extracting,
    dropping,
    reviewing,
    asking,
    finding,
    querying,
    exporting,
    releases,
    monitoring,
    serving,
):
    app.add_typer(commands.app)


class Output(io.FileIO):
    """Standard output, of which a failing write is told as such and blamed on no other file."""

    def write(self, data: Any) -> int:  # whatever holds bytes
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise RefusedError(f"standard output cannot be written: {error.strerror}") from error


def main() -> None:
    """Run the command of this process and end it with the exit code of the contract."""
    atexit.register(_mute)
    if sys.stdout is None:
        sys.exit("doelenboom: standard output is closed: send it to /dev/null for no answer")
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(Output(1, "wb", closefd=False)),
        encoding=sys.stdout.encoding,
        errors=sys.stdout.errors,
        line_buffering=sys.stdout.isatty(),
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    code = execute(sys.argv[1:])
    try:
        sys.stdout.flush()
    except (OSError, RefusedError):  # told already, or nobody reads any more
        sys.stdout = None
    if code and threading.active_count() > 1:
        _leave_at_once(code)
    sys.exit(code)


def _leave_at_once(code: int) -> None:
    """End without waiting for threads: one may wait minutes for an answer nobody needs now.

    The locks of dbt are given back first: Python would say on standard error that they were not.
    """
    sys.stderr.flush()
    _run_finalizers()
    os._exit(code)


def _mute() -> None:
    """Send what comes after the last word to nowhere.

    DuckDB 2.0's binding writes a page about references it kept while the interpreter ends.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def execute(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; an error is one sentence on standard error."""
    debug = "--debug" in arguments
    words = [word for word in arguments if word != "--debug"]
    logging.raiseExceptions = debug  # a log that cannot be written is no news of its own
    try:
        code = app(words, prog_name="doelenboom", standalone_mode=False)
        if code == TYPER_INTERRUPTED:
            raise KeyboardInterrupt
        sys.stdout.flush()
    except SystemExit as left:  # Typer's way out when nobody reads any more
        if not isinstance(left.__context__, BrokenPipeError):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 0
    except (Exception, KeyboardInterrupt) as error:
        if debug:
            traceback.print_exc()
        sentence, code = _verdict(error)
        if sentence:
            say(f"doelenboom: {in_one_line(sentence, MOST_WRITTEN)}", err=True)
    return int(code or 0)


def _verdict(error: BaseException) -> tuple[str, int]:
    """Put any error in one sentence, with the exit code that the contract gives it."""
    match error:
        case DoelenboomError():
            return str(error), error.exit_code
        case TyperException():
            return sentence_of(error), USAGE
        case typer.Abort() | KeyboardInterrupt():
            return INTERRUPTED, FAILED
        case _:
            return _reason(error), FAILED


def _reason(error: BaseException) -> str:
    """Put an error that is not ours in one sentence."""
    from doelenboom.faults import reason_of

    try:
        return str(reason_of(error, load_settings().data_dir))
    except DoelenboomError as unusable:
        return str(unusable)


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"doelenboom {version('doelenboom')}")
        raise typer.Exit


@app.callback(epilog="Example: doelenboom run")
def options(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Say which version this is."
        ),
    ] = False,
    _debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error, with any command.")
    ] = False,
) -> None:
    """Take the options that every command has; `execute` has read `--debug` already."""
