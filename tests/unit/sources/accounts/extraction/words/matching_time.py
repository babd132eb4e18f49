"""How many steps a pattern may take in vain, counted from its form: an upper bound, never a guess.

A matcher that goes back tries every way in which the parts of a pattern can share a text. Each
part has so many ways, and takes so many steps to go them all; ways of parts that follow each other
multiply. A repeat has one way only where what follows it can begin with nothing that it repeats:
given back, a character then fits nothing.
"""

import functools
import math
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

ALPHABET = "".join(map(chr, range(0x180))) + "Ω٣\u2003漢☃€–−’‘“”•→»·×\ufffd\ue000"
"""Every character that a pattern names, and one of each other kind."""


@dataclass(frozen=True)
class Cost:
    """What a part costs, and how it begins.

    `ways` are the ways to match it from one place, `steps` all that are taken to go them.
    `first` are the characters that it may begin with, `glance` the steps until one is looked at.
    """

    first: int
    empty: bool
    ways: float
    steps: float
    glance: float = 0


END = Cost(0, True, 1, 0)


@dataclass(frozen=True)
class Setting:
    """The flags of a pattern, and how long the text is."""

    flags: int
    length: int


def steps_in_vain(pattern: "re.Pattern[str]", length: int) -> float:
    """Return how many steps a pattern may take from one place of a text of some length."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    return _sequence(list(tree), END, Setting(pattern.flags, length), last=True).steps


def _sequence(items: list[Any], after: Cost, setting: Setting, last: bool = False) -> Cost:
    """Count what parts that follow each other cost, before what comes `after` them."""
    rest = after
    empty, ways, steps = True, 1.0, 0.0
    for item in reversed(items):
        cost = _part(item, rest, setting, last)
        last = last and _cannot_fail(item)
        steps = cost.steps + cost.ways * steps
        ways = cost.ways * ways
        empty = empty and cost.empty
        rest = replace(
            cost,
            first=cost.first | (rest.first if cost.empty else 0),
            glance=cost.glance + (rest.glance if cost.empty else 0),
        )
    return replace(rest, empty=empty, ways=ways, steps=steps)


def _cannot_fail(item: Any) -> bool:
    return str(item[0]).endswith("_REPEAT") and item[1][0] == 0


def _part(item: Any, after: Cost, setting: Setting, last: bool) -> Cost:
    kind, value = str(item[0]), item[1]
    if kind == "SUBPATTERN":
        _, added, taken, inner = value
        within = replace(setting, flags=(setting.flags | added) & ~taken)
        return _sequence(list(inner), after, within, last)
    if kind == "BRANCH":
        return _branch([_sequence(list(each), after, setting, last) for each in value[1]], after)
    if kind.endswith("_REPEAT"):
        return _repeat(item, after, setting, last)
    if kind == "ATOMIC_GROUP":
        return replace(_sequence(list(value), END, setting), ways=1)
    if kind in ("AT", "ASSERT", "ASSERT_NOT"):
        steps = 1 if kind == "AT" else 1 + _sequence(list(value[1]), END, setting).steps
        return Cost(0, True, 1, steps, steps)
    return Cost(_letters(item, setting.flags), False, 1, 1)


def _branch(branches: list[Cost], after: Cost) -> Cost:
    """Of branches that begin with other characters one is gone; the others take a glance each."""
    begin = [cost.first | (after.first if cost.empty else 0) for cost in branches]
    ways, steps = 1.0, 0.0
    for place in range(len(ALPHABET)):
        gone = [cost for cost, first in zip(branches, begin, strict=True) if first >> place & 1] + [
            cost for cost in branches if cost.empty and not after.first
        ]
        ways = max(ways, sum(cost.ways for cost in gone))
        steps = max(steps, sum(cost.steps for cost in gone))
    glance = sum(cost.glance + 1 for cost in branches)
    first = functools.reduce(operator.or_, (cost.first for cost in branches))
    return Cost(first, any(cost.empty for cost in branches), ways, steps + glance, glance)


def _repeat(item: Any, after: Cost, setting: Setting, last: bool) -> Cost:
    kind, (least, most, body) = str(item[0]), item[1]
    endless, kept = most is op.MAXREPEAT, kind == "POSSESSIVE_REPEAT"
    most = setting.length if endless else int(most)
    own = _sequence(list(body), after, setting)
    again = replace(after, first=after.first | own.first, glance=after.glance + own.glance)
    inner = _sequence(list(body), again if most > 1 else after, setting)
    if inner.empty and most > 1:
        return Cost(inner.first, True, math.inf, math.inf)  # the same place again and again
    if last and (least == 0 or (inner.ways == 1 and (endless or kept))):
        return replace(inner, empty=least == 0, ways=1)  # what it takes is never given back
    ways = _power(inner.ways, most)
    if inner.first & after.first and not kept:
        ways = inner.ways + 1 if most == 1 else ways * (most - least + 1)
    rounds = most if inner.ways == 1 else _power(inner.ways, most) * most
    steps = rounds * (inner.steps + after.glance)
    return Cost(inner.first, least == 0, 1 if kept else ways, steps, inner.glance)


def _power(ways: float, times: int) -> float:
    try:
        return ways**times
    except OverflowError:
        return math.inf


_LETTERS: dict[tuple[str, int], int] = {}


def _letters(item: Any, flags: int) -> int:
    """Return which characters of the alphabet one item of a pattern takes."""
    key = (str(item), flags & re.IGNORECASE)
    if key not in _LETTERS:
        _LETTERS[key] = sum(
            1 << place
            for place, letter in enumerate(ALPHABET)
            if any(_takes(item, form) for form in _forms(letter, flags))
        )
    return _LETTERS[key]


def _forms(letter: str, flags: int) -> set[str]:
    forms = {letter, letter.lower(), letter.upper()} if flags & re.IGNORECASE else {letter}
    return {form for form in forms if len(form) == 1}


_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "DIGIT": str.isdecimal,
    "SPACE": str.isspace,
    "WORD": lambda letter: letter.isalnum() or letter == "_",
}


def _takes(item: Any, letter: str) -> bool:
    kind, value = item
    match str(kind):
        case "LITERAL":
            return bool(ord(letter) == value)
        case "NOT_LITERAL":
            return bool(ord(letter) != value)
        case "ANY":
            return letter != "\n"
        case "RANGE":
            return bool(value[0] <= ord(letter) <= value[1])
        case "CATEGORY":
            name = str(value).removeprefix("CATEGORY_")
            return _CATEGORIES[name.removeprefix("NOT_")](letter) != name.startswith("NOT_")
        case "IN":
            no = str(value[0][0]) == "NEGATE"
            return any(_takes(each, letter) for each in value[no:]) != no
    raise AssertionError(f"a part that is not known: {item}")


def attacks(pattern: "re.Pattern[str]") -> set[str]:
    """Return what parts of a pattern repeat, and its beginnings: texts to be repeated."""
    tree = list(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    begun = ["".join(_example(item, pattern.flags) for item in tree[:n]) for n in range(len(tree))]
    return {text for text in {*begun, *_repeated(tree, pattern.flags)} if text}


def _repeated(items: list[Any], flags: int) -> Iterator[str]:
    for item in items:
        for inner in _parts_of(item):
            if str(item[0]).endswith("_REPEAT"):
                yield "".join(_example(each, flags) for each in inner)
            yield from _repeated(inner, flags)


def _parts_of(item: Any) -> list[list[Any]]:
    kind, value = str(item[0]), item[1]
    if kind == "BRANCH":
        return [list(each) for each in value[1]]
    if kind == "SUBPATTERN":
        return [list(value[3])]
    if kind.endswith("_REPEAT"):
        return [list(value[2])]
    return [list(value)] if kind == "ATOMIC_GROUP" else []


def _example(item: Any, flags: int) -> str:
    """Return a text that one item of a pattern takes; blanks and digits before anything else."""
    kind, parts = str(item[0]), _parts_of(item)
    if parts:
        least = max(1, item[1][0]) if kind.endswith("_REPEAT") else 1
        return "".join(_example(each, flags) for each in parts[0]) * least
    if kind in ("AT", "ASSERT", "ASSERT_NOT"):
        return ""
    return next((letter for letter in " 1a" + ALPHABET if _takes(item, letter)), "")
