"""A hundred dirty files: none breaks a thing or loads a wrong value, each refusal says where."""

import pytest

from tests.fuzz.sentences import refuse_no_sentence
from tests.unit.sources.inbox.dirty_files import DIRTY, TRUTH, Dirty
from tests.unit.sources.inbox.dropped import read, rows


def test_there_are_a_hundred_and_each_is_another() -> None:
    assert len({dirty.name for dirty in DIRTY}) == len(DIRTY) >= 100


@pytest.mark.parametrize("dirty", DIRTY, ids=lambda dirty: dirty.name)
def test_a_dirty_file_is_taken_as_it_is_meant_or_refused_by_its_place(dirty: Dirty) -> None:
    delivery = read(dirty.make(), "vuil.bestand")
    taken = rows(
        delivery, "indicators", "indicator_code", "indicator_name", "direction", "score", "target"
    )
    assert {code: tuple(values) for code, *values in taken}.items() <= TRUTH.items()
    assert len(taken) == dirty.taken
    rules = {each.rule for each in delivery.refused}
    assert rules <= dirty.rules
    assert bool(rules) == bool(dirty.rules)
    for each in delivery.refused:
        refuse_no_sentence(each.rule)
        refuse_no_sentence(each.expected)
        assert f"{each.sheet}{each.column}{each.value}".isprintable()
        assert each.row or not delivery.tables
