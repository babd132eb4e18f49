"""A text from outside is told on one line, cut, and all of it is seen."""

import pytest

from doelenboom.errors import in_one_line


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("De tabel  is te groot\r\n", "De tabel is te groot"),
        ("\x1b[31mrood\x07\x00", "[31mrood"),
        ("links \u202erechts\u200b", "links rechts"),
        ("\x9b2J wissen", "2J wissen"),
        ("half \ud800 letter", "half letter"),
        ("Súdwest-Fryslân € 5", "Súdwest-Fryslân € 5"),
    ],
)
def test_what_cannot_be_seen_is_a_space(text: str, told: str) -> None:
    assert in_one_line(text) == told


def test_a_long_text_is_cut_and_says_so() -> None:
    assert in_one_line("y" * 100_000, 10) == "yyyyyyyyy…"
    assert in_one_line("y" * 10, 10) == "y" * 10
