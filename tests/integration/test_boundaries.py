"""Nothing is lost or invented when municipalities merge, split and merge again."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.integration.boundary_models import BoundaryModels, compiled
from tests.integration.merger_histories import (
    FIRST_YEAR,
    FOREVER,
    LAST_YEAR,
    REPORTS,
    TAAKVELDEN,
    Change,
    History,
    filled,
    histories,
)

Check = Callable[[BoundaryModels, History], None]
FIGURES = "municipality_code, fiscal_year, report, taakveld_code, expenses_keur, revenue_keur"
CURRENT = "boundary = 'current'"
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)

some_histories = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoundaryModels]:
    bench = BoundaryModels(compiled(tmp_path_factory.mktemp("boundaries")))
    yield bench
    bench.close()


def whole(models: BoundaryModels, history: History) -> None:
    """Each municipality arrives whole, where a walk through its history leads."""
    found: dict[tuple[str, int, int], dict[str, Decimal]] = defaultdict(dict)
    columns = "municipality_code, from_year, to_year, successor_code, weight, weights_total"
    for code, from_year, to_year, successor, weight, total in models.rows("weights", columns):
        found[code, from_year, to_year][successor] = weight
        assert total == 1
    for key, weights in found.items():
        assert sum(weights.values()) == 1, key
        assert weights == history.weights(*key), key
    started = {key[:2] for key in found if key[2] == FOREVER}
    listed = {(code, year) for code, year in history.people}
    assert listed <= {(code, year) for code, year in started if year in YEARS}


def conserved(models: BoundaryModels, history: History) -> None:
    """All that was delivered is there at today's boundaries, to the last digit."""
    delivered: dict[tuple[Any, ...], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 2)
    today: dict[tuple[Any, ...], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 2)
    for row in history.amounts:
        key = (row["fiscal_year"], row["report"], row["taakveld_code"])
        _add(delivered[key], row["expenses_keur"], row["revenue_keur"])
    for _, *key_columns, expenses, revenue in models.rows("amounts", FIGURES, CURRENT):
        _add(today[tuple(key_columns)], expenses, revenue)
    assert today == delivered
    assert len(today) == len(YEARS) * len(REPORTS) * len(TAAKVELDEN)
    assert models.offenders() == []


def _add(sums: list[Decimal], *amounts: Decimal | None) -> None:
    for place, amount in enumerate(amounts):
        sums[place] += amount or 0


def nobody_at_an_ended_code(models: BoundaryModels, history: History) -> None:
    codes = {code for (code,) in models.rows("amounts", "municipality_code", CURRENT)}
    codes |= {code for (code,) in models.rows("inhabitants", "municipality_code", CURRENT)}
    assert codes.isdisjoint(history.ended)


def parts_told(models: BoundaryModels, history: History) -> None:
    """A whole with a silent part says so, and holds the share of every part that spoke."""
    parts: dict[tuple[Any, ...], list[tuple[Decimal | None, Decimal]]] = defaultdict(list)
    people: dict[tuple[Any, ...], list[Decimal | None]] = defaultdict(list)
    for row in history.amounts:
        code, year, report = (row[n] for n in ("municipality_code", "fiscal_year", "report"))
        if row["value_status"] != "not_applicable":
            for successor, weight in history.weights(code, year, FOREVER).items():
                key = (successor, year, report, row["taakveld_code"])
                parts[key].append((row["expenses_keur"], weight))
                lived = history.people.get((code, year))
                people[key].append(None if lived is None else lived * weight)
    columns = f"{FIGURES}, value_status"
    for *key_columns, expenses, _, status in models.rows("amounts", columns, CURRENT):
        code, year, report, _ = key = tuple(key_columns)
        born = {
            successor
            for new in history.born_during(year)
            for successor in history.weights(new, year, FOREVER)
        }
        known = [amount * weight for amount, weight in parts[key] if amount is not None]
        if not known:
            assert (expenses, status) == (None, "not_reported"), key
            continue
        # A split of n parts leaves at most n halves of a thousandth for its largest part.
        assert abs(expenses - sum(known)) <= Decimal("0.003") * len(known), key
        if len(known) < len(parts[key]):
            everybody = [n for n in people[key] if n is not None]
            silent = [
                n
                for n, (amount, _) in zip(people[key], parts[key], strict=True)
                if amount is None and n is not None
            ]
            whole_is_known = None not in people[key]
            small = whole_is_known and sum(silent, Decimal(0)) < sum(everybody, Decimal(0)) / 100
            assert status == ("estimated" if small else "partially_reported"), key
        elif code not in born or report == "accounts":
            divided = any(weight < 1 for _, weight in parts[key])
            # What was divided and came together again is still said to be estimated.
            assert status in (("estimated",) if divided else ("reported", "estimated")), key
    assert {key[:3] for key in parts} >= {
        row[:3] for row in models.rows("amounts", FIGURES, CURRENT)
    }


def untouched_kept(models: BoundaryModels, history: History) -> None:
    """A municipality to which nothing happened has the same figures at both boundaries."""
    columns = f"{FIGURES}, value_status, revenue_status, vintage"
    reported = models.rows("amounts", columns, "boundary = 'as_reported'")
    today = models.rows("amounts", columns, CURRENT)
    kept = history.untouched
    assert sorted((r for r in today if r[0] in kept), key=str) == sorted(
        (r for r in reported if r[0] in kept), key=str
    )


def people_counted(models: BoundaryModels, history: History) -> None:
    """Everyone lives somewhere; who is not counted makes the whole of his home unknown."""
    columns = "boundary, fiscal_year, report, municipality_code, inhabitants"
    found: dict[tuple[str, int, str], dict[str, int]] = defaultdict(dict)
    for boundary, year, report, code, inhabitants in models.rows("inhabitants", columns):
        found[boundary, year, report][code] = inhabitants
    for year in YEARS:
        people = {code: n for (code, y), n in history.people.items() if y == year}
        unknown = {code for code, n in people.items() if n is None}
        lost = {s for code in unknown for s in history.weights(code, year, FOREVER)}
        for report in REPORTS:
            counted = sum(n for n in people.values() if n is not None)
            assert sum(found["as_reported", year, report].values()) == counted
            today = found["current", year, report]
            assert lost.isdisjoint(today)
            if not unknown and not history.born_during(year):
                assert sum(today.values()) == counted


CHECKS: tuple[Check, ...] = (
    *(whole, conserved, nobody_at_an_ended_code, parts_told, untouched_kept, people_counted),
)


@some_histories
@given(history=histories())
def test_any_history_of_mergers_keeps_money_and_people(
    models: BoundaryModels, history: History
) -> None:
    models.run(history)
    for check in CHECKS:
        check(models, history)


def a_split(weights: tuple[str, str]) -> History:
    """One municipality that went over to two others in 2019; everybody delivered."""
    began = (date(2010, 1, 1), None)
    history = History(
        {"GM0001": (began[0], date(2019, 1, 1)), "GM0002": began, "GM0003": began},
        [
            Change("GM0001", successor, date(2019, 1, 1), "split", Decimal(weight))
            for successor, weight in zip(("GM0002", "GM0003"), weights, strict=True)
        ],
    )
    return filled(history, Random(0), heard=1)


@pytest.mark.parametrize(
    "weights", [("0.61", "0.4"), ("0.59", "0.4"), ("0.6", "0.41"), ("0.6", "0.39")]
)
def test_a_weight_that_is_off_by_a_hundredth_is_seen_in_every_sum(
    models: BoundaryModels, weights: tuple[str, str]
) -> None:
    models.run(a_split(("0.6", "0.4")))
    assert models.offenders() == []
    history = a_split(weights)
    models.run(history)
    off = sum(map(Decimal, weights)) - 1
    moved = {
        (flow, row["fiscal_year"], row["report"], row["taakveld_code"]): row[f"{flow}_keur"] * off
        for row in history.amounts
        for flow in ("expenses", "revenue")
        if row["municipality_code"] == "GM0001"
    }
    assert {key[1] for key in moved} == {2017, 2018}
    found = {tuple(row[:4]): row[5] - row[4] for row in models.offenders()}
    people = {key: found.pop(key) for key in list(found) if key[0] == "inhabitants"}
    assert found == {key: round(amount, 3) for key, amount in moved.items()}
    assert {key[1]: number for key, number in people.items()} == {
        year: round((history.people["GM0001", year] or 0) * off) for year in (2017, 2018)
    }


def test_who_began_during_a_year_has_the_budget_and_people_of_its_parts(
    models: BoundaryModels,
) -> None:
    began, merged = date(2010, 1, 1), date(2018, 7, 1)
    lives = {"GM0001": (began, merged), "GM0002": (began, merged), "GM0003": (merged, None)}
    parts = ("GM0001", "GM0002")
    changes = [Change(part, "GM0003", merged, "merger", Decimal(1)) for part in parts]
    history = filled(History(lives, changes), Random(0), heard=1)
    models.run(history)
    in_2018 = f"{CURRENT} and fiscal_year = 2018 and report = 'budget'"
    assert models.rows("amounts", "distinct value_status", in_2018) == [("reported",)]
    people = sum(history.people[part, 2018] or 0 for part in parts)
    assert models.rows("inhabitants", "inhabitants", in_2018) == [(people,)]
