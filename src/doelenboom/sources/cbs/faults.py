"""The two ways in which CBS fails us, each one sentence that names the URL."""

from doelenboom.errors import RefusedError


class UnreachableError(RefusedError):
    """CBS did not answer, or only with errors, after all tries; what was fetched so far is good."""


class ContentError(RefusedError):
    """CBS answered with something else than was asked; the fetch of that table starts anew."""
