"""Raw is landing as Parquet: every value as text, every row with its page and line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from doelenboom.errors import RefusedError
from doelenboom.landing.delivery import Delivery, Header
from doelenboom.landing.draft import open_draft
from doelenboom.raw.parquet import build_raw

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TABLES = {"cells": ("id", "key", "value"), "codes": ("code",)}
COLUMNS = {"ID": "id", "K": "key", "k_2ePlaatsing_2": "value"}


def deliver(tmp_path: Path, *pages: list[Any], hours: int = 0, year: int | None = 2018) -> Delivery:
    header = Header("cbs", "iv3", "45042NED", year, "t", "s", "CC BY 4.0", str(hours))
    draft = open_draft(tmp_path / "attempts", header)
    for number, rows in enumerate(pages):
        draft.keep("cells", f"u{number}", orjson.dumps({"value": rows}), len(rows), None)
    draft.finish_part("cells", COLUMNS, None)
    draft.keep("properties", "p", b"{}", 0, None)
    draft.finish_part("properties", {}, None)
    return draft.land(tmp_path / "landing", NOON + timedelta(hours=hours))


def read(tmp_path: Path, name: str = "45042NED") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(
        tmp_path / "raw" / "cells" / f"{name}.parquet"
    ).to_pylist()
    return rows


def test_values_are_text_as_sent_and_rows_know_their_page_and_line(tmp_path: Path) -> None:
    delivery = deliver(
        tmp_path,
        [
            {"ID": 0, "K": "0.10  ", "k_2ePlaatsing_2": 56320.0, "more": 1},
            {"ID": 1, "K": "2018-01-01", "k_2ePlaatsing_2": None, "more": 1},
        ],
        [{"ID": 2, "K": "6.60  ", "k_2ePlaatsing_2": -0.125, "more": 1}],
    )
    (file,) = build_raw([delivery], tmp_path / "raw", TABLES)
    assert (file.table, file.rows, file.delivery_id) == ("cells", 3, delivery.delivery_id)
    rows = read(tmp_path)
    assert [(r["id"], r["key"], r["value"]) for r in rows] == [
        ("0", "0.10  ", "56320"),
        ("1", "2018-01-01", None),
        ("2", "6.60  ", "-0.125"),
    ]
    page = delivery.part("cells").pages[1]
    assert {name: rows[2][name] for name in rows[2] if name.startswith("_")} == {
        "_table": "45042NED",
        "_year": "2018",
        "_delivery": delivery.delivery_id,
        "_file": "cells-0002.json.zst",
        "_sha256": page.sha256,
        "_fetched_at": page.fetched_at,
        "_line": 1,
    }


def test_a_table_of_many_years_has_no_year(tmp_path: Path) -> None:
    delivery = deliver(tmp_path, [{"ID": 0, "K": "a", "k_2ePlaatsing_2": 1}], year=None)
    build_raw([delivery], tmp_path / "raw", TABLES)
    assert [(row["_year"], row["_table"]) for row in read(tmp_path)] == [(None, "45042NED")]


def test_a_raw_table_can_be_read_before_anything_landed(tmp_path: Path) -> None:
    assert build_raw([], tmp_path / "raw", TABLES) == []
    assert read(tmp_path, "none") == []
    names = pq.read_schema(tmp_path / "raw" / "codes" / "none.parquet").names
    assert names[0] == "code"
    assert names[-1] == "_line"


def test_raw_is_rebuilt_from_landing_alone_byte_for_byte(tmp_path: Path) -> None:
    delivery = deliver(tmp_path, [{"ID": 0, "K": "a", "k_2ePlaatsing_2": 1.5}])
    build_raw([delivery], tmp_path / "raw", TABLES)
    path = tmp_path / "raw" / "cells" / "45042NED.parquet"
    before, written = path.read_bytes(), path.stat().st_mtime_ns
    build_raw([delivery], tmp_path / "raw", TABLES)
    assert path.stat().st_mtime_ns == written
    path.unlink()
    build_raw([delivery], tmp_path / "raw", TABLES)
    assert path.read_bytes() == before


@pytest.mark.slow
def test_a_raw_file_that_is_not_as_it_was_built_is_built_anew(tmp_path: Path) -> None:
    """Some bits change a value, some the names of columns, some nothing that Parquet looks at."""
    rows = [{"ID": n, "K": f"{n % 7}.1", "k_2ePlaatsing_2": n / 8} for n in range(50)]
    deliveries = [deliver(tmp_path, rows)]
    build_raw(deliveries, tmp_path / "raw", TABLES)
    path = tmp_path / "raw" / "cells" / "45042NED.parquet"
    good = path.read_bytes()
    for place in range(0, len(good), 29):
        path.write_bytes(good[:place] + bytes([good[place] ^ 0x90]) + good[place + 1 :])
        build_raw(deliveries, tmp_path / "raw", TABLES)
        assert path.read_bytes() == good
    path.with_suffix(".sha256").write_bytes(b"\xff")
    build_raw(deliveries, tmp_path / "raw", TABLES)
    assert sorted(p.name for p in path.parent.iterdir()) == [
        *("45042NED.parquet", "45042NED.sha256", "none.parquet")
    ]


def test_another_delivery_or_other_columns_are_built_anew_and_the_rest_goes(
    tmp_path: Path,
) -> None:
    first = deliver(tmp_path, [{"ID": 0, "K": "a", "k_2ePlaatsing_2": 1}])
    build_raw([first], tmp_path / "raw", TABLES)
    second = deliver(tmp_path, [{"ID": 0, "K": "b", "k_2ePlaatsing_2": 1}], hours=1)
    stranger = tmp_path / "raw" / "cells" / "45001NED.parquet"
    build_raw([second], tmp_path / "raw", TABLES)
    stranger.write_bytes(b"left behind")
    build_raw([second], tmp_path / "raw", {"cells": ("key", "newly_declared")})
    assert not stranger.exists()
    assert not (tmp_path / "raw" / "codes" / "none.parquet").exists()
    assert [(r["key"], r["newly_declared"]) for r in read(tmp_path)] == [("b", None)]


def test_an_empty_page_gives_no_rows(tmp_path: Path) -> None:
    delivery = deliver(tmp_path, [{"ID": 0, "K": "a", "k_2ePlaatsing_2": 1}], [])
    build_raw([delivery], tmp_path / "raw", TABLES)
    assert len(read(tmp_path)) == 1


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (
            [{"ID": 0, "K": "a", "k_2ePlaatsing_2": 1}, {"ID": "x", "K": "b"}],
            "changed from number to string",
        ),
        ([{"ID": 0, "K": ["a"], "k_2ePlaatsing_2": 1}], "no single value in row 1, column K"),
        ([{"ID": 0, "K": "a"}], "has no column k_2ePlaatsing_2"),
    ],
)
def test_a_page_that_is_not_what_it_should_be_is_named(
    tmp_path: Path, page: list[Any], told: str
) -> None:
    delivery = deliver(tmp_path, page)
    with pytest.raises(RefusedError, match=f"cells-0001.json.zst .*{told}"):
        build_raw([delivery], tmp_path / "raw", TABLES)
    assert not (tmp_path / "raw" / "cells" / "45042NED.parquet").exists()


@pytest.mark.slow
@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=3), min_size=1))
def test_amounts_of_three_decimals_stay_exact(
    tmp_path_factory: pytest.TempPathFactory, amounts: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("exact")
    rows = [
        {"ID": number, "K": "a", "k_2ePlaatsing_2": float(amount)}
        for number, amount in enumerate(amounts)
    ]
    build_raw([deliver(folder, rows)], folder / "raw", TABLES)
    found = [type(amounts[0])(row["value"]) for row in read(folder)]
    assert found == amounts


def test_every_page_of_every_part_is_a_row_of_the_table_of_pages(tmp_path: Path) -> None:
    build_raw([], tmp_path / "raw", TABLES)
    path = tmp_path / "raw" / "pages" / "pages.parquet"
    assert pq.read_table(path).num_rows == 0
    delivery = deliver(tmp_path, [{"ID": 0, "K": "a", "k_2ePlaatsing_2": 1}], [])
    build_raw([delivery], tmp_path / "raw", TABLES)
    rows = pq.read_table(path).to_pylist()
    assert [(row["part"], row["_file"], row["url"], row["rows"]) for row in rows] == [
        ("cells", "cells-0001.json.zst", "u0", 1),
        ("cells", "cells-0002.json.zst", "u1", 0),
        ("properties", "properties-0001.json.zst", "p", 0),
    ]
    page = delivery.part("cells").pages[1]
    assert (rows[1]["_sha256"], rows[1]["_fetched_at"]) == (page.sha256, page.fetched_at)
    assert {row["_delivery"] for row in rows} == {delivery.delivery_id}
    before = path.read_bytes()
    build_raw([delivery], tmp_path / "raw", TABLES)
    assert path.read_bytes() == before
