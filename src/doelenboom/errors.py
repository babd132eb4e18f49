"""Errors that end a command: one sentence for the reader, one exit code for the caller."""


class DoelenboomError(Exception):
    """A refusal in one sentence that names the file, row, column or URL it is about.

    The message is what the command line prints; `exit_code` is what it exits with.
    """

    exit_code = 1


class RefusedError(DoelenboomError):
    """Input was refused or a step failed; published data is untouched (exit code 1)."""


class NoRowError(RefusedError):
    """A key that was asked for singles out no row (exit code 1)."""


class ValidationBlockedError(DoelenboomError):
    """An expectation on the candidate failed, so nothing was published (exit code 3)."""

    exit_code = 3


class RunActiveError(DoelenboomError):
    """Another run holds the warehouse (exit code 4)."""

    exit_code = 4
