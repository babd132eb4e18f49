"""Why a table changed: the inputs it is built from, what touches all, or nothing at all."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from doelenboom.publication.lineage.causes import (
    AT_NIGHT,
    FAULT,
    NOT_RECORDED,
    InputChange,
    causes_of,
    changed_inputs,
)
from doelenboom.publication.manifest import InputFile, Release

LANDED = "landing/cbs/iv3/45031NED/{}/manifest.json"


def file(path: str, sha256: str = "a" * 64) -> InputFile:
    return InputFile(path, 1, sha256)


OLD = Release(
    release_id="20260102T013000Z-00000000",
    folder=Path(),
    run_date=date(2026, 1, 2),
    fingerprint="f",
    commit="0" * 40,
    versions={"duckdb": "2.0.0"},
    inputs=(
        file(LANDED.format("20260101T000000Z-aaaaaaaa")),
        file("seeds/accounts/programmes.csv"),
        file("models/marts/a.sql"),
        file("src/doelenboom/x.py"),
    ),
    tables=(),
    content_hash="",
    database_sha256="",
    parquet_sha256={},
    depends_on={
        "spending": (LANDED.format("20260101T000000Z-aaaaaaaa"), "models/marts/a.sql"),
        "programmes": ("seeds/accounts/programmes.csv",),
        "data_quality": ("seeds/accounts/programmes.csv", "state/checks/check_results.parquet"),
    },
)


def with_inputs(*changed: InputFile, without: str = "-") -> Release:
    """The same release, with inputs changed by their path, added, or left out."""
    files = {
        each.path: each for each in (*OLD.inputs, *changed) if not each.path.startswith(without)
    }
    return replace(OLD, inputs=tuple(files.values()))


def causes(table: str, new: Release) -> tuple[str, ...]:
    return causes_of(table, OLD, new, changed_inputs(OLD, new))


def test_inputs_are_told_by_group_and_a_landed_table_from_delivery_to_delivery() -> None:
    landed = file(LANDED.format("20260201T000000Z-bbbbbbbb"), "b" * 64)
    new = replace(
        with_inputs(
            landed,
            file("models/marts/a.sql", "b" * 64),
            file("seeds/new.csv"),
            file("tests/data/t.sql"),
            file("src/doelenboom/x.py", "c" * 64),
            without=LANDED.format("20260101"),
        ),
        versions={"duckdb": "2.0.1"},
        commit="1" * 40,
    )
    assert changed_inputs(OLD, new) == (
        InputChange(
            *("landed", "landing/cbs/iv3/45031NED"),
            *("20260101T000000Z-aaaaaaaa", "20260201T000000Z-bbbbbbbb"),
        ),
        InputChange("seeds", "seeds/new.csv", None, "a" * 8),
        InputChange("models", "models/marts/a.sql", "a" * 8, "b" * 8),
        InputChange("checks", "tests/data/t.sql", None, "a" * 8),
        InputChange("code", "src/doelenboom/x.py", "a" * 8, "c" * 8),
        InputChange("tools", "duckdb", "2.0.0", "2.0.1"),
        InputChange("commit", "commit", "0" * 12, "1" * 12),
    )
    assert causes("spending", new) == (
        *("landing/cbs/iv3/45031NED", "models/marts/a.sql", "code", "tools"),
    )
    assert causes("programmes", new) == ("code", "tools")


def test_an_input_that_the_table_is_not_built_from_is_no_cause() -> None:
    new = with_inputs(file("seeds/accounts/programmes.csv", "b" * 64))
    assert causes("programmes", new) == ("seeds/accounts/programmes.csv",)
    assert causes("spending", new) == (FAULT,)


def test_a_table_that_changed_while_no_input_did_is_a_fault() -> None:
    assert changed_inputs(OLD, OLD) == ()
    assert causes("spending", OLD) == (FAULT,)
    assert causes("spending", replace(OLD, commit=None)) == (FAULT,)


def test_the_file_of_the_project_touches_every_table() -> None:
    assert causes("spending", with_inputs(file("dbt_project.yml"))) == ("dbt_project.yml",)


def test_results_of_checks_are_made_anew_and_no_fault() -> None:
    assert causes("data_quality", OLD) == (AT_NIGHT,)


def test_releases_that_do_not_record_it_say_so() -> None:
    older = replace(OLD, depends_on={})
    changes = changed_inputs(older, with_inputs(file("seeds/new.csv")))
    assert causes_of("spending", older, older, changes) == (NOT_RECORDED,)
    assert causes_of("spending", older, OLD, ()) == (FAULT,)
