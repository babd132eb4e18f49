"""The README shows the house as it is: its layers, rooms and arrows. Sizes may lag behind."""

import re

import pytest

from benchmarks.house import House, draw, drawn_in, measure
from doelenboom.settings import PROJECT_DIR


@pytest.fixture(scope="module")
def house() -> House:
    return measure()


def test_the_picture_in_the_readme_has_the_layers_rooms_and_arrows_of_the_code(
    house: House,
) -> None:
    text = (PROJECT_DIR / "README.md").read_text(encoding="utf-8")
    drawn, is_now = (re.sub(r"\d+", "n", each) for each in (drawn_in(text), draw(house)))
    assert drawn == is_now, "make picture draws it anew"


def test_no_arrow_leads_upward(house: House) -> None:
    assert house.upward == []
    above, below = next(iter(house.arrows))
    assert above.is_above(below)
    assert not below.is_above(above)
