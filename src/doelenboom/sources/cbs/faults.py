"""The two ways in which CBS fails us, each one sentence that names the URL."""

from doelenboom.errors import LONGEST_SENTENCE, RefusedError, in_one_line


class CbsError(RefusedError):
    """What CBS did wrong; nothing that it sent is told as it came."""

    def __init__(self, sentence: str) -> None:
        super().__init__(in_one_line(sentence, LONGEST_SENTENCE))


class UnreachableError(CbsError):
    """CBS did not answer, or only with errors, after all tries; what was fetched so far is good."""


class ContentError(CbsError):
    """CBS answered with something else than was asked; the fetch of that table starts anew."""
