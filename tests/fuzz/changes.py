"""Changes of a text or of bytes, each small and at a place; hypothesis leaves out needless ones.

A place is a share of the whole, so that a change means the same whatever those before it did.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

WHOLE = 1 << 16


@dataclass(frozen=True)
class Change:
    """One change: what is done, where it begins, how far it goes, and what is put there."""

    kind: str
    place: int
    size: int
    put: str

    def apply(self, text: str) -> str:
        """Return the text with this change."""
        at = self.place * len(text) // WHOLE
        return KINDS[self.kind](text, at, at + self.size, self.put)


def _digit(text: str, at: int, _end: int, put: str) -> str:
    """Put the first character of `put` in the place of the next digit."""
    place = next((n for n in range(at, len(text)) if text[n] in "0123456789"), len(text))
    return text[:place] + put[:1] + text[place + 1 :]


def _lines(text: str, at: int, size: int) -> tuple[list[str], int, int]:
    lines, line = text.split("\n"), text.count("\n", 0, at)
    return lines, line, min(len(lines), line + size % 4 + 1)


def _without_lines(text: str, at: int, end: int, _put: str) -> str:
    lines, first, last = _lines(text, at, end - at)
    return "\n".join(lines[:first] + lines[last:])


def _twice_lines(text: str, at: int, end: int, _put: str) -> str:
    lines, first, last = _lines(text, at, end - at)
    return "\n".join(lines[:last] + lines[first:])


def _many_lines(text: str, at: int, end: int, _put: str) -> str:
    lines, first, _ = _lines(text, at, end - at)
    return "\n".join(lines[:first] + lines[first : first + 1] * (4 * (end - at)) + lines[first:])


def _swapped_lines(text: str, at: int, end: int, _put: str) -> str:
    lines, first, last = _lines(text, at, end - at)
    return "\n".join(lines[:first] + lines[first:last][::-1] + lines[last:])


KINDS: dict[str, Callable[[str, int, int, str], str]] = {
    "put": lambda text, at, _end, put: text[:at] + put + text[at:],
    "replace": lambda text, at, end, put: text[:at] + put + text[end:],
    "remove": lambda text, at, end, _put: text[:at] + text[end:],
    "repeat": lambda text, at, end, _put: text[:end] + text[at:],
    "cut": lambda text, at, _end, _put: text[:at],
    "digit": _digit,
    "without lines": _without_lines,
    "lines twice": _twice_lines,
    "lines many times": _many_lines,
    "lines swapped": _swapped_lines,
}


def changes(tokens: Sequence[str], most: int = 5) -> SearchStrategy[list[Change]]:
    """Draw some changes that put these tokens, or any text, somewhere."""
    put = st.one_of(st.sampled_from(tokens), st.sampled_from("0123456789"), st.text(max_size=6))
    place = st.integers(0, WHOLE - 1)
    change = st.builds(Change, st.sampled_from(list(KINDS)), place, st.integers(1, 40), put)
    return st.lists(change, max_size=most)


def changed(text: str, made: Sequence[Change]) -> str:
    """Return a text after all changes, in their order."""
    for change in made:
        text = change.apply(text)
    return text


def changed_bytes(data: bytes, made: Sequence[Change]) -> bytes:
    """Return bytes after all changes, which may cut a character in two."""
    in_bytes = [replace(change, put=change.put.encode().decode("latin-1")) for change in made]
    return changed(data.decode("latin-1"), in_bytes).encode("latin-1")
