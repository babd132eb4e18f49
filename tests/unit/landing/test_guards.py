"""Nothing that shrank passes unseen: rows, columns, parts."""

from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.landing.delivery import Delivery, Header, LandedPage, LandedPart
from doelenboom.landing.guards import refuse_shrunken

HEADER = Header("cbs", "iv3", "45042NED", 2018, "t", "s", "l", "m")


def part(rows: int, *columns: str, name: str = "cells") -> LandedPart:
    page = LandedPage("f", "u", "0" * 64, 1, rows, "2026-11-24T12:00:00Z")
    return LandedPart(name, {column.upper(): column for column in columns}, rows, (page,))


def earlier(*parts: LandedPart) -> Delivery:
    return Delivery(Path("20261101T000000Z-00000000"), HEADER, "2026-11-01", parts)


def judge(now: list[LandedPart], before: Delivery | None) -> None:
    refuse_shrunken("45042NED", now, "cells", before, 0.05)


def test_as_many_a_few_fewer_or_more_rows_pass() -> None:
    for rows in (95, 100, 500):
        judge([part(rows, "id")], earlier(part(100, "id")))


def test_a_new_column_and_a_new_part_pass() -> None:
    judge([part(100, "id", "more"), part(1, name="codes")], earlier(part(100, "id")))


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (part(94, "id", "x"), "cells has 94 rows and had 100, expected at most 5% fewer"),
        (part(0, "id", "x"), "cells has no row"),
        (part(100, "id"), "cells has lost the column x"),
        (part(100, "id", "x", name="other"), "cells has no row"),
    ],
)
def test_what_shrank_is_refused_and_the_earlier_delivery_named(now: LandedPart, told: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        judge([now], earlier(part(100, "id", "x")))
    assert str(refusal.value) == f"45042NED: {told}; 20261101T000000Z-00000000 stays as it is"


def test_a_part_that_is_gone_is_refused() -> None:
    with pytest.raises(RefusedError, match="codes is no longer there"):
        judge([part(100, "id")], earlier(part(100, "id"), part(3, name="codes")))


def test_a_first_delivery_needs_rows() -> None:
    with pytest.raises(RefusedError, match="cells has no row; nothing was landed"):
        judge([part(0, "id")], None)
    judge([part(1, "id")], None)
