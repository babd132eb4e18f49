"""Rows that break what a table enforces stop the night with one sentence: what, where, how many."""

from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from tests.integration.small_night import SmallSettings, night

MART = Path("models/marts/programmes/programme_results.sql")


def spoil(small: SmallSettings, found: str, put: str) -> None:
    model = small.project_dir / MART
    before = model.read_text(encoding="utf-8")
    assert found in before
    model.write_text(before.replace(found, put), encoding="utf-8")


def test_a_key_that_stands_twice_is_told_with_its_columns_and_rows(small: SmallSettings) -> None:
    twice = "from {{ ref('stg_accounts__programmes') }} cross join range(2)"
    spoil(small, "from {{ ref('stg_accounts__programmes') }}", twice)
    with pytest.raises(RefusedError) as refusal:
        night(small)
    assert str(refusal.value).startswith(
        "model programme_results did not run: 2 keys stand in more than one of 4 rows, such as"
        " municipality_code=GM0153, fiscal_year=2013, programme_code=2.3"
    )
    assert str(refusal.value).endswith("; nothing was published")
    assert not small.published.exists()


def test_a_column_left_empty_is_told_with_its_rows(small: SmallSettings) -> None:
    spoil(small, "    programme_code\n", "    nullif(programme_code, '2.1') as programme_code\n")
    properties = small.project_dir / MART.with_name("_programmes.yml")
    column = "{name: programme_code, data_type: varchar}"
    enforced = "{name: programme_code, data_type: varchar, constraints: [{type: not_null}]}"
    before = properties.read_text(encoding="utf-8")
    properties.write_text(before.replace(column, enforced), encoding="utf-8")
    with pytest.raises(RefusedError) as refusal:
        night(small)
    assert str(refusal.value).startswith(
        "model programme_results did not run: column programme_code is empty in 1 of 2 rows,"
        " such as municipality_code=GM0153, fiscal_year=2018, programme_code="
    )
