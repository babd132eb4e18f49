"""Every command that README and docs name is there, with the options that they give it."""

import re
from typing import NamedTuple

import pytest
import typer.main

from doelenboom.cli import app
from doelenboom.settings import PROJECT_DIR

PAGES = [
    PROJECT_DIR / "README.md",
    PROJECT_DIR / "CONTRIBUTING.md",
    *sorted((PROJECT_DIR / "docs").rglob("*.md")),
]
NAMED = re.compile(r"(?:`|\$ |^    )(?:\.venv/bin/)?doelenboom ([a-z]+)([^`\n]*)", re.MULTILINE)
OPTION = re.compile(r"(?<!\S)(--[a-z][\w-]*)")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


class Mention(NamedTuple):
    page: str
    command: str
    rest: str


def mentions() -> list[Mention]:
    return [
        Mention(page.stem, match[1], match[2])
        for page in PAGES
        for match in NAMED.finditer(page.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("mention", mentions(), ids=str)
def test_a_command_that_is_named_is_there_with_its_options(mention: Mention) -> None:
    assert mention.command in COMMANDS
    command = COMMANDS[mention.command]
    first = next(iter(mention.rest.split()), "")
    command = getattr(command, "commands", {}).get(first, command)
    known = {option for parameter in command.params for option in parameter.opts}
    assert set(OPTION.findall(mention.rest)) <= known | {"--debug", "--help"}


def test_every_command_is_named_somewhere() -> None:
    assert {mention.command for mention in mentions()} == set(COMMANDS)
