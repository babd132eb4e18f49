"""No text makes a pattern take more than so many steps for each of its characters."""

import importlib
import pkgutil
import re
import time
from pathlib import Path

import pytest

from doelenboom.apart import SECONDS
from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.accounts import extraction
from doelenboom.sources.accounts.extraction.numbers.runs import number_run
from doelenboom.sources.accounts.extraction.package.apart import Job, read_apart
from doelenboom.sources.accounts.extraction.words.patterns import (
    KNOWN,
    Known,
    anywhere,
    opening,
    whole,
)
from tests.unit.sources.accounts.extraction.words.matching_time import attacks, steps_in_vain

for module in pkgutil.walk_packages(extraction.__path__, f"{extraction.__name__}."):
    importlib.import_module(module.name)

PATTERNS = tuple(KNOWN)
MOST_STEPS = 100_000
"""Steps that a character may cost a pattern at the very most; few patterns come near it."""

LENGTH = 1_000
PAGE = PROJECT_DIR / "tests" / "fixtures" / "chapters" / "saved_page.html"


def _is_linear(known: Known) -> bool:
    """Say whether steps grow with the text: from its beginning, or from each place a number."""
    once, twice = (steps_in_vain(known.pattern, length) for length in (LENGTH, 2 * LENGTH))
    if known.anchored:
        return twice <= 2 * once and once <= MOST_STEPS * LENGTH
    return twice == once <= MOST_STEPS


@pytest.mark.slow
def test_every_pattern_is_linear_by_its_form() -> None:
    assert len(PATTERNS) > 200
    assert [known.pattern.pattern for known in PATTERNS if not _is_linear(known)] == []


@pytest.mark.parametrize(
    "pattern",
    [
        anywhere(r"(?:\d[\d.]*)+$"),
        anywhere(r"(?:a|a)+b"),
        whole(".*a.*b.*"),
        opening(r"(?:a*)*b"),
        re.compile(r"\s+$"),
        re.compile(r"\A(?:[\w-]+:[^\n]*\r?\n)*MIME"),
    ],
    ids=lambda pattern: pattern.pattern,
)
def test_what_explodes_is_found_by_its_form(pattern: "re.Pattern[str]") -> None:
    assert not _is_linear(Known(pattern, pattern.pattern.startswith(r"\A")))


def _seconds(pattern: "re.Pattern[str]", text: str) -> float:
    begun = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - begun


def _grows(pattern: "re.Pattern[str]", attack: str) -> bool:
    """Say whether four times the text takes far more than four times as long, three times over."""
    return all(
        _seconds(pattern, attack * 400 + "!") > 8 * _seconds(pattern, attack * 100 + "!") + 0.05
        for _ in range(3)
    )


@pytest.mark.slow
def test_what_makes_patterns_explode_takes_time_that_grows_with_it() -> None:
    grown = [
        (known.pattern.pattern, attack)
        for known in PATTERNS
        for attack in attacks(known.pattern)
        if _grows(known.pattern, attack)
    ]
    assert grown == []


def test_a_run_of_digits_before_a_letter_is_no_run_of_figures() -> None:
    assert number_run("Lasten " + "1" * 10_000 + "a") == ("Lasten " + "1" * 10_000 + "a", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("headers.txt", "Aa: b\r\n" * 35),
        ("digits.txt", "Wat heeft het gekost?\n" + ("Lasten " + "1" * 24 + "a\n") * 50),
        ("types.html", "<html>" + "<!DOCTYPE" * 100_000),
        ("no_text.html", "<!DOCTYPE" * 1_000),
        ("damage.txt", "\n".join(f"cli\u01ab{n}nten da\u01abk cli\u00ebnt" for n in range(20_000))),
        ("tables.html", "<table><tr><td>a</td><td>1</table>" * 200_000),
        ("amounts.txt", ("een voordeel van 0,4 miljoen euro op Wmo, " * 460 + "\n") * 10),
    ],
)
def test_what_made_reading_explode_is_read_or_refused_at_once(
    tmp_path: Path, name: str, text: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8", newline="")
    begun = time.monotonic()
    try:
        read_apart(Job(file, "GM0153", 2018, {}, PROJECT_DIR / "seeds"))
    except Exception as error:
        assert f"within {SECONDS:g} seconds" not in str(error)
        assert str(error).startswith(f"{name}: found ")
    assert time.monotonic() - begun < 4 * SECONDS
