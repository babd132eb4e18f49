"""How the words of a command line are read, where Typer alone does not do.

Knows no command and prints nothing.
"""

import re
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup
from typer.exceptions import TyperException

from doelenboom.publication.release_times import AMSTERDAM, end_of_day

YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
OPTION = re.compile(r"--([\w-]+(=.*)?)?")

BOXES_FROM = 80
"""Columns wide: on less, help has no boxes around it, in which words would be cut."""

Word = TypeVar("Word", bound=StrEnum)


class _Plain:
    """Help that names what an option takes (TEXT, N), not the type that it is in Python."""

    def get_params(self, ctx: Any) -> list[Any]:
        parameters: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for parameter in parameters:
            if isinstance(parameter, TyperArgument):
                parameter.display_type_rich = _nothing  # type: ignore[method-assign]
            elif parameter.metavar is None:
                parameter.metavar = _taken(parameter)
        return parameters


class Group(_Plain, TyperGroup):
    """Commands under one name."""


class Command(_Plain, TyperCommand):
    """A command whose usage line names an argument as it is (SQL, not {SQL}).

    A word that is no option for all its dashes is an argument: SQL may begin with a comment.
    Help is as wide as the terminal, not as the docstring it comes from.
    """

    def get_help(self, ctx: Any) -> str:
        paragraphs = (self.help or "").split("\n\n")
        self.help = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
        return super().get_help(ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        if shutil.get_terminal_size().columns < BOXES_FROM:
            self.rich_markup_mode = None
        super().format_help(ctx, formatter)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Keep the lines of an example, which is to be copied."""
        formatter.write("".join(f"\n  {line}" for line in (self.epilog or "").split("\n")) + "\n")

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [re.sub("[{}]", "", piece) for piece in super().collect_usage_pieces(ctx)]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [_undashed(word) for word in args])


def sentence_of(error: TyperException) -> str:
    """Put an error of usage in one sentence; a number names its value, which Typer leaves out."""
    sentence = " ".join(error.format_message().split()).replace(": Value error, ", ": ")
    what, _, expected = sentence.partition(": Input should be ")
    refused = getattr(error.__cause__, "errors", None)
    if not expected or refused is None:
        return sentence
    given = str(refused()[0]["input"])
    if expected.startswith(("greater", "less")):
        expected = f"a number {expected}"
    return f"{what}: found {given!r}, expected {expected.partition(', ')[0]}"


def key_values(words: Sequence[str]) -> dict[str, str]:
    """Read `KEY=VALUE` words. Raises BadParameter for another form or a key given twice."""
    values: dict[str, str] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not (name and sign):
            raise typer.BadParameter(f"{word!r} is not KEY=VALUE, as in fiscal_year=2018")
        if name in values:
            raise typer.BadParameter(f"{name} is given twice: {values[name]} and {value}")
        values[name] = value
    return values


def comma_separated(words: Sequence[str], known: type[Word]) -> list[Word]:
    """Read words with commas between them, each once. Raises BadParameter for an unknown one."""
    found = []
    for word in ",".join(words).split(","):
        if word.strip() not in list(known):
            raise typer.BadParameter(f"{word!r} is not one of {', '.join(known)}")
        found.append(known(word.strip()))
    return list(dict.fromkeys(found))


def years_between(words: str | None) -> range:
    """Read a year or a range of years, both ends included; nothing is no year.

    Raises BadParameter for another form and for a range that ends before it begins.
    """
    if words is None:
        return range(0)
    match = YEARS.fullmatch(words.strip())
    if match is None:
        raise typer.BadParameter(f"{words!r} is not a year or a range, as 2018 or 2017-2025")
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise typer.BadParameter(f"{words!r} ends before it begins")
    return range(first, last + 1)


def moment(words: str) -> datetime:
    """Read a date, which means its end in Amsterdam, or a date and time, in Amsterdam unless told.

    Raises BadParameter for another form and for a day or time that has not come yet.
    """
    now = datetime.now(UTC)
    try:
        if len(words) == len("2026-08-15"):
            day = date.fromisoformat(words)
            found = end_of_day(day)
            ahead = day > now.astimezone(AMSTERDAM).date()
        else:
            read = datetime.fromisoformat(words)
            found = (read if read.tzinfo else read.replace(tzinfo=AMSTERDAM)).astimezone(UTC)
            ahead = found > now
    except (ValueError, OverflowError) as error:
        expected = "2026-08-15 or 2026-08-15T12:00"
        raise typer.BadParameter(f"{words!r} is not a date or a time, as {expected}") from error
    if ahead:
        raise typer.BadParameter(f"{words} has not come yet")
    return found


def _nothing(ctx: Any) -> str:
    return ""


def _taken(option: Any) -> str:
    """Say in a word what an option takes; nothing where it is there or not."""
    if option.is_flag:
        return ""
    kind = option.type_descriptor
    if kind.is_choice:
        return "|".join(map(str, kind.choices))
    return "N" if kind.is_ranged else "TEXT"


def _undashed(word: str) -> str:
    """Put a line end before a comment of SQL, which the parser would take for an option."""
    return f"\n{word}" if word.startswith("--") and not OPTION.fullmatch(word) else word
