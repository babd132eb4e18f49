"""The command line: all commands under one name, and an error as one sentence and an exit code.

What a command does stands in `commands`; no rule about a figure lives here, and no layout
(`terminal`).
"""

import atexit
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from doelenboom.commands import (
    exporting,
    extracting,
    fetching,
    finding,
    querying,
    releases,
    running,
    serving,
)
from doelenboom.commands.options import load_settings
from doelenboom.errors import DoelenboomError

FAILED = 1
USAGE = 2
TYPER_INTERRUPTED = 130
"""What Typer returns in the place of a KeyboardInterrupt."""

INTERRUPTED = "interrupted; what is published is untouched"

app = typer.Typer(
    name="doelenboom",
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
    finding,
    querying,
    exporting,
    releases,
    serving,
):
    app.add_typer(commands.app)


def main() -> None:
    """Run the command of this process and end it with the exit code of the contract."""
    atexit.register(_mute)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    code = execute(sys.argv[1:])
    if code and threading.active_count() > 1:
        _leave_at_once(code)
    sys.exit(code)


def _leave_at_once(code: int) -> None:
    """End without waiting for threads: one may wait minutes for an answer nobody needs now."""
    sys.stdout.flush()
    sys.stderr.flush()
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
            sys.stderr.write(f"doelenboom: {sentence}\n")
    return int(code or 0)


def _verdict(error: BaseException) -> tuple[str, int]:
    """Put any error in one sentence, with the exit code that the contract gives it."""
    match error:
        case DoelenboomError():
            return str(error), error.exit_code
        case TyperException():
            sentence = " ".join(error.format_message().split())
            return sentence.replace(": Value error, ", ": "), USAGE
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
