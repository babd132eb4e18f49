"""Every file that decides a figure counts as input, and a change to any is seen."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doelenboom.publication.manifest import InputFile
from doelenboom.publication.release.inputs import (
    collect_inputs,
    fingerprint,
    is_unchanged,
)
from tests.unit.publication.conftest import House

FIRST = datetime(2026, 1, 2, 1, 30, tzinfo=UTC)
VERSIONS = {"duckdb": "2.0.0"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in [
        "seeds/accounts/programmes.csv",
        "models/marts/a.sql",
        "macros/b.sql",
        "dbt_project.yml",
        "profiles.yml",
        "src/doelenboom/x.py",
        "src/doelenboom/__pycache__/x.pyc",
        "src/doelenboom/.ruff_cache/0/entry",
        "seeds/.DS_Store",
        "orchestration/y.py",
        "dashboard/templates/p.html",
        "requirements/run.lock",
        "requirements/dev.lock",
        "tests/data/t.sql",
        "tests/unit/u.py",
        "docs/d.md",
    ]:
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path / "project"


def test_inputs_are_the_files_that_decide_figures_sorted_by_path(project: Path) -> None:
    inputs = collect_inputs(project)
    assert [file.path for file in inputs] == [
        "dashboard/templates/p.html",
        "dbt_project.yml",
        "macros/b.sql",
        "models/marts/a.sql",
        "orchestration/y.py",
        "profiles.yml",
        "requirements/run.lock",
        "seeds/accounts/programmes.csv",
        "src/doelenboom/x.py",
        "tests/data/t.sql",
    ]
    assert inputs[1].bytes == len("dbt_project.yml")
    assert len(inputs[0].sha256) == 64


def test_bundled_files_of_another_folder_take_the_place_of_those_of_the_project(
    project: Path, tmp_path: Path
) -> None:
    bundled = project / "seeds" / "benchmarks"
    bundled.mkdir()
    (bundled / "people.parquet").write_text("many")
    few = tmp_path / "few"
    few.mkdir()
    (few / "people.parquet").write_text("few")
    places = [file.path for file in collect_inputs(project, few)]
    assert places == [file.path for file in collect_inputs(project, bundled)]
    (people,) = [file for file in collect_inputs(project, few) if file.path.endswith("parquet")]
    assert (people.path, people.bytes) == ("seeds/benchmarks/people.parquet", 3)


def test_every_input_counts_and_nothing_else_does(project: Path) -> None:
    before = fingerprint(collect_inputs(project), VERSIONS, {})
    for file in collect_inputs(project):
        path = project / file.path
        path.write_text("changed", encoding="utf-8")
        assert fingerprint(collect_inputs(project), VERSIONS, {}) != before
        path.write_text(file.path, encoding="utf-8")
    (project / "docs" / "d.md").write_text("changed", encoding="utf-8")
    assert fingerprint(collect_inputs(project), VERSIONS, {}) == before


def test_a_renamed_file_another_version_and_a_stale_source_are_changes() -> None:
    inputs = [InputFile("seeds/a.csv", 1, "00"), InputFile("seeds/b.csv", 1, "11")]
    before = fingerprint(inputs, VERSIONS, {})
    swapped = [InputFile("seeds/b.csv", 1, "00"), InputFile("seeds/a.csv", 1, "11")]
    assert fingerprint(swapped, VERSIONS, {}) != before
    assert fingerprint(inputs, {"duckdb": "1.5.5"}, {}) != before
    assert fingerprint(inputs, VERSIONS, {"iv3": "the last question failed"}) != before


@given(st.permutations([InputFile(name, 1, name * 2) for name in "abcd"]))
def test_the_order_of_inputs_never_counts(inputs: list[InputFile]) -> None:
    ordered = sorted(inputs, key=lambda file: file.path)
    assert fingerprint(inputs, VERSIONS, {}) == fingerprint(ordered, VERSIONS, {})


def test_unchanged_needs_the_same_fingerprint_and_the_same_published_bytes(house: House) -> None:
    release = house.publish(FIRST)
    assert is_unchanged(release.fingerprint, release, house.published)
    assert not is_unchanged("0" * 64, release, house.published)
    assert not is_unchanged(release.fingerprint, None, house.published)

    house.published.chmod(0o644)
    with house.published.open("r+b") as tampered:
        tampered.seek(-1, 2)
        tampered.write(b"\xff")
    assert not is_unchanged(release.fingerprint, release, house.published)

    house.published.unlink()
    assert not is_unchanged(release.fingerprint, release, house.published)
