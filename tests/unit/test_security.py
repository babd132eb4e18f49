"""What docs/security.md says to hold is shown by tests that are there."""

import re
from pathlib import Path

import pytest

from doelenboom.settings import PROJECT_DIR

PAGE = PROJECT_DIR / "docs" / "security.md"
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
MENTIONS = NAMED.findall(PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("file", "test"), MENTIONS)
def test_a_test_that_is_named_is_there(file: str, test: str) -> None:
    path = Path(PROJECT_DIR / "tests" / file)
    assert f"\ndef {test}(" in path.read_text(encoding="utf-8")


def test_every_row_of_what_holds_names_a_test() -> None:
    text = PAGE.read_text(encoding="utf-8")
    tables = text.split("| what holds | what shows it |\n|---|---|\n")[1:]
    rows = [row for table in tables for row in table.split("\n\n")[0].splitlines()]
    assert len(rows) > 20
    assert [row for row in rows if not NAMED.search(row)] == []
