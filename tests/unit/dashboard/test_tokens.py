"""The colours of the stylesheet: text and marks that stand out from what is behind them."""

import re

import pytest

from dashboard.folder import STATIC

CSS = (STATIC / "site.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6});", CSS))

TEXT = ("ink", "soft", "own")
MARKS = ("met", "missed", "undecided", "bar", "peer", "own", "soft", "ink")


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("behind", ["paper", "sand", "band"])
@pytest.mark.parametrize("text", TEXT)
def test_text_stands_out(text: str, behind: str) -> None:
    assert contrast(text, behind) >= 4.5


@pytest.mark.parametrize("behind", ["paper", "sand"])
@pytest.mark.parametrize("mark", MARKS)
def test_marks_and_lines_that_carry_meaning_stand_out(mark: str, behind: str) -> None:
    assert contrast(mark, behind) >= 3


def test_white_text_on_ink_stands_out() -> None:
    assert contrast("paper", "ink") >= 4.5


def test_no_colour_stands_outside_the_tokens() -> None:
    rules = CSS.partition("}")[2] + (STATIC / "compare.css").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", rules) == []
