"""An accounts package as a whole, its description and the municipalities it may name."""

import shutil
import socket
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.package import check_package, read_known_municipalities
from tests.unit.sources.accounts.good_package import KNOWN, ROWS, SCHEMA, SEEDS, refusal, spoil

LIST = "municipality_code,municipality_name,province_code,valid_from,valid_to,source\n"


def test_a_good_package_is_accepted_with_rows_and_hash_of_each_file(package: Path) -> None:
    summary = check_package(package, KNOWN)
    assert [table.file for table in summary.tables] == [f"{name}.csv" for name in ROWS]
    assert [table.rows for table in summary.tables] == [1, 2, 3, *[1] * 10]
    documents = (package / "documents.csv").read_bytes()
    assert summary.tables[-1].sha256 == sha256(documents).hexdigest()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "seeds/accounts/datapackage.json: found no file, expected the description of the "),
        ("{", "seeds/accounts/datapackage.json: not a data package (Expecting property name"),
        ("{}", "seeds/accounts/datapackage.json: not a data package ("),
    ],
    ids=["missing", "not JSON", "not a package"],
)
def test_a_package_without_its_description_is_refused(
    package: Path, text: str | None, sentence: str
) -> None:
    (package / "datapackage.json").unlink()
    if text is not None:
        (package / "datapackage.json").write_text(text, encoding="utf-8")
    assert refusal(package).startswith(sentence)


def test_a_package_may_be_described_elsewhere(package: Path) -> None:
    (package / "datapackage.json").unlink()
    assert check_package(package, KNOWN, SCHEMA).tables


def test_a_package_without_rows_but_with_headers_is_accepted(package: Path) -> None:
    for name in set(ROWS) - {"programmes", "documents"}:
        spoil(package, name, ROWS[name], "")
    assert [table.rows for table in check_package(package, KNOWN).tables] == [1, *[0] * 11, 1]


def test_nothing_is_asked_of_the_network(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert check_package(package, KNOWN).tables


def test_the_seeds_are_accepted() -> None:
    known = read_known_municipalities(SEEDS / "reference" / "municipalities.csv")
    summary = check_package(SEEDS / "accounts", known)
    assert len(summary.tables) == len(ROWS)
    assert {table.file: table.rows for table in summary.tables}["action_points.csv"] == 36


def test_a_municipality_may_have_existed_in_several_periods(tmp_path: Path) -> None:
    path = tmp_path / "municipalities.csv"
    path.write_text(
        f"{LIST}GM0153,Enschede,PV23,2010-01-01,2015-12-31,CBS\n"
        "GM0457,Weesp,PV27,2010-01-01,2022-03-23,CBS\nGM0153,Enschede,PV23,2016-01-01,,CBS\n",
        encoding="utf-8",
    )
    assert read_known_municipalities(path) == {
        "GM0153": [(date(2010, 1, 1), date(2015, 12, 31)), (date(2016, 1, 1), None)],
        "GM0457": [(date(2010, 1, 1), date(2022, 3, 23))],
    }


def test_a_reference_list_with_a_wrong_date_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "seeds" / "reference" / "municipalities.csv"
    path.parent.mkdir(parents=True)
    path.write_text(f"{LIST}GM0153,Enschede,PV23,,1-1-2018,CBS\n", encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        read_known_municipalities(path)
    assert str(refused.value) == (
        "seeds/reference/municipalities.csv, row 2, column valid_from: found '', "
        "expected a date such as 2018-01-01 (and 1 more)."
    )


def test_a_file_that_the_package_does_not_know_is_refused(package: Path) -> None:
    (package / "forecasts_2.csv").write_text("stage\n", encoding="utf-8")
    assert refusal(package) == (
        "seeds/accounts/forecasts_2.csv: found a file that the package does not know, "
        "expected only the files it describes."
    )


def test_the_reference_seeds_are_accepted_by_their_own_schemas() -> None:
    known = read_known_municipalities(SEEDS / "reference" / "municipalities.csv")
    checked = check_package(SEEDS, known)
    assert {"reconciliation_judgements.csv", "price_index.csv", "taakvelden.csv"} <= {
        table.file for table in checked.tables
    }


def test_a_part_has_six_decimals_and_no_more(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    shutil.copytree(SEEDS, seeds)
    changes = seeds / "reference" / "boundary_changes.csv"
    text = changes.read_text(encoding="utf-8")
    assert ",0.868584," in text
    changes.write_text(text.replace(",0.868584,", ",0.8685841,"), encoding="utf-8")
    known = read_known_municipalities(seeds / "reference" / "municipalities.csv")
    with pytest.raises(RefusedError, match=r"found '0\.8685841', expected .* at most six decimals"):
        check_package(seeds, known)
