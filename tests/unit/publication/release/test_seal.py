"""A release is what was validated, described, read-only, and switched to in one step."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pytest
from frictionless import Package

from doelenboom.errors import RefusedError
from doelenboom.publication.content import database_content_hash
from doelenboom.publication.manifest import Release, read_release
from doelenboom.publication.release.promote import promote
from doelenboom.storage.files import sha256_file
from tests.unit.publication.conftest import House

FIRST = datetime(2026, 1, 2, 1, 30, tzinfo=UTC)
SECOND = FIRST + timedelta(days=1)


def document(folder: Path, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    return read


def test_a_release_holds_the_promised_files_and_all_are_read_only(house: House) -> None:
    release = house.seal(FIRST)

    assert release.release_id == f"20260102T013000Z-{release.content_hash[:8]}"
    assert [path.name for path in house.releases_dir.iterdir()] == [release.release_id]
    files = sorted(path for path in release.folder.rglob("*") if path.is_file())
    assert [path.relative_to(release.folder).as_posix() for path in files] == [
        "datapackage.json",
        "doelenboom.duckdb",
        "manifest.json",
        "parquet/data_quality.parquet",
        "parquet/facts.parquet",
        "parquet/spending.parquet",
        "validation.json",
    ]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o444}
    assert list(house.workspace.iterdir()) == []


def test_the_sealed_bytes_are_those_of_the_candidate(house: House) -> None:
    release = house.seal(FIRST)
    assert release.database.read_bytes() == house.candidate.read_bytes()
    assert release.database_sha256 == sha256_file(house.candidate)


def test_the_manifest_says_what_was_made_from_what(house: House) -> None:
    release = house.seal(FIRST, depends_on={"spending": ("seeds/a.csv",)})
    manifest = document(release.folder, "manifest.json")

    assert manifest["inputs"] == [{"path": "seeds/a.csv", "bytes": 3, "sha256": "ab" * 32}]
    assert manifest["run_date"] == "2026-01-02"
    assert manifest["content_hash"] == database_content_hash(house.contents)
    assert (manifest["fingerprint"], manifest["commit"]) == ("f" * 64, "c" * 40)
    assert manifest["versions"] == {"duckdb": "2.0.0"}
    assert manifest["tables"][-1] == {
        "name": "spending",
        "rows": 4,
        "key": ["programme_code", "fiscal_year"],
        "content_sha256": house.contents[-1].sha256,
        "parquet_sha256": sha256_file(release.folder / "parquet" / "spending.parquet"),
        "depends_on": ["seeds/a.csv"],
    }
    assert read_release(release.folder) == release


def test_a_release_outside_version_control_has_no_commit(house: House) -> None:
    release = house.seal(FIRST, commit=None)
    assert read_release(release.folder).commit is None


def test_the_run_date_is_that_of_utc(house: House) -> None:
    summer = datetime(2026, 7, 2, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    release = house.seal(summer)
    assert release.run_date == date(2026, 7, 1)
    assert release.release_id.startswith("20260701T223000Z-")


def test_parquet_files_hold_the_same_rows_in_the_same_order(house: House) -> None:
    release = house.seal(FIRST)
    parquet = release.folder / "parquet" / "spending.parquet"
    with duckdb.connect(str(release.database), read_only=True) as connection:
        rows = connection.execute("from marts.spending").fetchall()
        copied = connection.execute(f"from '{parquet}'").fetchall()
        codec = connection.execute(
            f"select distinct compression from parquet_metadata('{parquet}')"
        ).fetchall()
    assert copied == rows
    assert rows[0][:2] == (2018, "10.1")
    assert codec == [("ZSTD",)]


def test_the_data_package_is_valid_and_carries_labels_descriptions_and_keys(house: House) -> None:
    release = house.seal(FIRST)
    described = document(release.folder, "datapackage.json")

    assert list(Package.metadata_validate(described)) == []
    assert [licence["name"] for licence in described["licenses"]] == ["CC-BY-4.0"]
    spending = described["resources"][-1]
    assert spending["path"] == "parquet/spending.parquet"
    assert spending["title"] == "Lasten 's jaars, x € 1.000"
    assert spending["description"] == "One row per programme and year."
    assert spending["schema"]["primaryKey"] == ["programme_code", "fiscal_year"]
    assert spending["schema"]["fields"][2] == {
        "name": "amount_keur",
        "type": "number",
        "title": "Lasten, x € 1.000",
        "description": "Expenses before reserves.",
        "unit": "x € 1.000",
        "constraints": {"required": True},
    }
    types = " ".join(field["type"] for field in spending["schema"]["fields"])
    assert types == "integer string number date string boolean number integer"


HOLES = """
create table marts.holes (
    k integer primary key, i integer, b bigint, d decimal(18,3), x double, o boolean, t date,
    v varchar
);
insert into marts.holes values
    (1, null, null, null, null, null, null, null),
    (2, 7, 9007199254740993, 1.125, 1e-7, false, date '2018-12-31', 'ë'),
    (3, null, null, null, null, null, null, null);
"""


def test_frictionless_finds_the_sealed_rows_valid_with_a_null_of_every_type(house: House) -> None:
    house.execute(HOLES)
    house.build()
    path = house.seal(FIRST).folder / "datapackage.json"

    report = frictionless.validate(str(path))

    assert report.flatten(["fieldName", "note"]) == []
    assert report.valid
    assert [task.stats["rows"] for task in report.tasks] == [1, 3, 3, 4]
    holes = Package.from_descriptor(str(path)).get_table_resource("holes")
    first, full, last = (row.to_dict() for row in holes.read_rows())
    assert full == {
        "k": 2,
        "i": 7,
        "b": 9007199254740993,
        "d": Decimal("1.125"),
        "x": Decimal("1E-7"),
        "o": False,
        "t": date(2018, 12, 31),
        "v": "ë",
    }
    assert first == {**dict.fromkeys(full), "k": 1}
    assert last == {**dict.fromkeys(full), "k": 3}


def test_frictionless_finds_a_table_of_nulls_only_and_an_empty_one_valid(house: House) -> None:
    house.execute(HOLES + "delete from marts.holes where k = 2; delete from marts.facts")
    house.build()
    path = house.seal(FIRST).folder / "datapackage.json"
    assert frictionless.validate(str(path)).valid


def test_building_twice_gives_the_same_content_hashes(house: House) -> None:
    first = house.seal(FIRST)
    house.build()
    second = house.seal(SECOND)
    assert second.content_hash == first.content_hash
    assert second.tables == first.tables


def rows_of(release: Release, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    path = str(release.folder / "parquet" / f"{table}.parquet")
    with duckdb.connect() as connection:
        return connection.execute(f"select {columns} from read_parquet(?)", [path]).fetchall()


def inodes(release: Release) -> dict[str, int]:
    return {
        path.stem: path.stat().st_ino for path in (release.folder / "parquet").glob("*.parquet")
    }


def test_parquet_of_a_table_that_says_the_same_is_kept_once(house: House) -> None:
    first = house.seal(FIRST)
    house.execute("update marts.facts set title = 'changed' where fact_no = 1")
    house.build()
    second = house.seal(SECOND)

    before, after = inodes(first), inodes(second)
    assert {name for name in after if after[name] != before[name]} == {"facts"}
    assert second.parquet_sha256["spending"] == first.parquet_sha256["spending"]
    assert (1, "changed") in rows_of(second, "facts")
    shutil.rmtree(first.folder)
    assert (
        sha256_file(second.folder / "parquet" / "spending.parquet")
        == (second.parquet_sha256["spending"])
    )


def test_parquet_that_is_of_another_type_damaged_or_gone_is_written_anew(house: House) -> None:
    first = house.seal(FIRST)
    parquet = first.folder / "parquet"
    (parquet / "spending.parquet").unlink()
    (parquet / "data_quality.parquet").chmod(0o644)
    (parquet / "data_quality.parquet").write_bytes(b"PAR1")
    # The primary key would hold the type as it is.
    house.execute(
        "alter table marts.facts rename to old; create table marts.facts as"
        " select fact_no::bigint as fact_no, title from marts.old;"
        " alter table marts.facts add primary key (fact_no); drop table marts.old"
    )
    house.build()
    second = house.seal(SECOND)

    assert second.tables == first.tables
    for name, sha256 in second.parquet_sha256.items():
        assert sha256_file(second.folder / "parquet" / f"{name}.parquet") == sha256
    assert rows_of(second, "facts", "distinct typeof(fact_no)") == [("BIGINT",)]
    assert len(rows_of(second, "spending")) == 4


def test_a_candidate_changed_after_it_was_built_is_refused_by_name(house: House) -> None:
    with duckdb.connect(str(house.candidate)) as connection:
        connection.execute("update marts.facts set title = '' where title is null")
    with pytest.raises(RefusedError, match=r"candidate\.duckdb changed after it was built"):
        house.seal(FIRST)
    assert not house.releases_dir.exists()


def test_a_candidate_that_was_not_closed_or_is_missing_is_refused(house: House) -> None:
    wal = house.candidate.with_name("candidate.duckdb.wal")
    wal.write_bytes(b"")
    with pytest.raises(RefusedError, match="not closed"):
        house.seal(FIRST)
    wal.unlink()
    house.candidate.unlink()
    with pytest.raises(RefusedError, match="No such file"):
        house.seal(FIRST)


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(FIRST + timedelta(milliseconds=900), id="within one second"),
        pytest.param(FIRST - timedelta(days=400), id="a clock that ran back"),
    ],
)
def test_a_release_sorts_after_the_newest_whatever_the_clock_says(
    now: datetime, house: House
) -> None:
    first = house.seal(FIRST)
    before = first.database.stat()
    second, third = house.seal(now), house.seal(now)
    assert second.release_id.startswith("20260102T013001Z-")
    assert third.release_id.startswith("20260102T013002Z-")
    assert second.run_date == now.date()
    assert first.database.stat() == before


def test_a_damaged_newest_release_counts_for_the_name_too(house: House) -> None:
    (house.releases_dir / "20260301T000000Z-00000000").mkdir(parents=True)
    (house.releases_dir / "20269901T000000Z-00000000").mkdir()
    assert house.seal(FIRST).release_id.startswith("20260301T000001Z-")


def test_a_release_of_before_inputs_per_table_were_kept_still_reads(house: House) -> None:
    release = house.seal(FIRST)
    path = release.folder / "manifest.json"
    older = document(release.folder, "manifest.json")
    for table in older["tables"]:
        del table["depends_on"]
    path.unlink()
    path.write_text(json.dumps(older), encoding="utf-8")
    assert read_release(release.folder) == replace(release, depends_on={})


def test_leftovers_of_an_interrupted_seal_are_cleared_by_the_next(house: House) -> None:
    leftover = house.workspace / "sealing" / "parquet" / "old.parquet"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"half")
    leftover.chmod(0o444)
    release = house.seal(FIRST)
    assert not (release.folder / "parquet" / "old.parquet").exists()


def test_the_history_of_checks_grows_and_the_results_are_of_this_run(house: House) -> None:
    check = {"check_name": "totals", "subject": "marts.facts", "severity": "warn"}
    house.seal(FIRST, checks=[{**check, "status": "pass", "since": date(2026, 1, 2)}])
    release = house.seal(SECOND, checks=[{**check, "status": "fail", "since": date(2026, 1, 3)}])

    validation = document(release.folder, "validation.json")

    assert validation["results"] == [{**check, "status": "fail", "since": "2026-01-03"}]
    assert [(row["run_date"], row["status"]) for row in validation["history"]] == [
        ("2026-01-02", "pass"),
        ("2026-01-03", "fail"),
    ]
    assert validation["history"][-1] == {
        "release_id": release.release_id,
        "run_date": "2026-01-03",
        "check_name": "totals",
        "subject": "marts.facts",
        "status": "fail",
    }


def test_what_is_promoted_is_the_same_file_read_only_and_not_a_symbolic_link(house: House) -> None:
    release = house.publish(FIRST)
    assert house.published.samefile(release.database)
    assert not house.published.is_symlink()
    assert house.published.stat().st_mode & 0o777 == 0o444
    with duckdb.connect(str(house.published), read_only=True) as connection:
        assert connection.execute("select count(*) from marts.spending").fetchall() == [(4,)]


def test_a_stale_log_beside_the_published_file_is_removed(house: House) -> None:
    wal = house.published.with_name("doelenboom.duckdb.wal")
    wal.parent.mkdir(parents=True)
    wal.write_bytes(b"of a file that is gone")
    house.publish(FIRST)
    assert not wal.exists()
    duckdb.connect(str(house.published), read_only=True).close()


def test_promoting_the_current_release_again_leaves_no_second_name(house: House) -> None:
    release = house.publish(FIRST)
    promote(release, house.published)
    names = sorted(path.name for path in house.published.parent.iterdir())
    assert names == ["doelenboom.duckdb", "latest.json", "parquet", "promotions.jsonl", "releases"]


def test_without_hard_links_a_read_only_copy_is_promoted(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    release = house.publish(FIRST)
    assert not house.published.samefile(release.database)
    assert house.published.read_bytes() == release.database.read_bytes()
    assert house.published.stat().st_mode & 0o777 == 0o444


def test_a_reader_keeps_the_file_it_has_open(house: House) -> None:
    house.publish(FIRST)
    with house.published.open("rb") as reader:
        before = house.published.read_bytes()
        house.execute("delete from marts.facts")
        house.build()
        house.publish(SECOND)
        assert reader.read() == before
    assert house.published.read_bytes() != before


def test_a_release_that_is_gone_is_not_promoted(house: House) -> None:
    release = house.publish(FIRST)
    before = house.published.read_bytes()
    release.database.unlink()
    with pytest.raises(RefusedError, match="cannot be promoted"):
        promote(release, house.published)
    assert house.published.read_bytes() == before
