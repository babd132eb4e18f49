"""Which row wins: the newest delivery of a table of a programme, whole, else the seeds."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from doelenboom.landing.accepted import (
    Acceptance,
    KeptDelivery,
    Mark,
    NewDelivery,
    NewTable,
    counted_deliveries,
    keep_delivery,
    mark,
)
from doelenboom.raw.accounts import AccountsInForce, accounts_in_force
from doelenboom.raw.in_force import write_in_force
from doelenboom.settings import PROJECT_DIR

SEEDS = PROJECT_DIR / "seeds"
ENSCHEDE = ("GM0153", "2018", "2.1")
HENGELO = ("GM0164", "2020", "5")
BY = Acceptance("Controller", "2026-11-29")
Rows = Sequence[Mapping[str, str]]


def columns(table: str) -> tuple[str, ...]:
    with (SEEDS / "accounts" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(next(csv.reader(file)))


def row(table: str, programme: tuple[str, str, str], line: str, **cells: str) -> dict[str, str]:
    code, year, number = programme
    key = {"municipality_code": code, "fiscal_year": year, "programme_code": number}
    told = {**dict.fromkeys(columns(table), ""), **key, "source_line": line}
    return {**told, "source_document": "cijfers.csv", **cells}


def forecast(
    stage: str, programme: tuple[str, str, str] = ENSCHEDE, line: str = "2"
) -> dict[str, str]:
    return row("forecasts", programme, line, stage=stage)


class Store:
    """A store to which files are added, each with rows of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(
        self,
        tables: Mapping[str, Rows],
        completes: Mapping[str, str] | None = None,
        pages: tuple[int, ...] = (),
    ) -> KeptDelivery:
        file = self.folder / "cijfers.csv"
        file.write_text(repr(tables), encoding="utf-8")
        new = NewDelivery(
            file,
            "cijfers.csv",
            "cijfers.csv",
            9,
            "tables",
            BY,
            tuple(NewTable(name, columns(name), tuple(rows)) for name, rows in tables.items()),
            completes=completes or {},
            pages=pages,
        )
        return keep_delivery(self.folder / "landing", new)[0]

    def in_force(self) -> AccountsInForce:
        return accounts_in_force(SEEDS, counted_deliveries(self.folder / "landing"))

    def stages(self, programme: tuple[str, str, str] = ENSCHEDE) -> list[str]:
        return [each["stage"] for each in self.in_force().tables["forecasts"].as_dicts(programme)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def test_without_deliveries_the_accounts_are_the_seeds_byte_for_byte(
    store: Store, tmp_path: Path
) -> None:
    write_in_force(store.in_force(), SEEDS, tmp_path / "in_force")
    for seed in [*(SEEDS / "accounts").glob("*.csv"), *(SEEDS / "own").glob("*.csv")]:
        place = tmp_path / "in_force" / seed.relative_to(SEEDS)
        assert place.read_bytes() == seed.read_bytes()
    for name in ("accounts_origins.csv", "accounts_acceptances.csv", "own_documents.csv"):
        written = tmp_path / "in_force" / "reference" / name
        assert written.read_bytes() == (SEEDS / "reference" / name).read_bytes()


def test_the_newest_delivery_replaces_a_table_of_a_programme_whole(store: Store) -> None:
    seeded = store.stages()
    others = store.stages(("GM0153", "2013", "2.3"))
    first = store.add({"forecasts": [forecast("a"), forecast("b", line="3")]})
    assert store.stages() == ["a", "b"]
    second = store.add({"forecasts": [forecast("c")]})
    assert store.stages() == ["c"]
    assert store.stages(("GM0153", "2013", "2.3")) == others
    mark(second, Mark("withdrawn", "2026-11-29", ""))
    assert store.stages() == ["a", "b"]
    mark(first, Mark("withdrawn", "2026-11-29", ""))
    assert store.stages() == seeded


def test_tables_that_a_delivery_does_not_have_stay(store: Store) -> None:
    before = store.in_force().tables["indicators"]
    store.add({"forecasts": [forecast("a")]})
    assert store.in_force().tables["indicators"] == before


def test_what_was_refused_and_delivered_again_completes_what_was_taken(store: Store) -> None:
    first = store.add({"forecasts": [forecast("a")]})
    rest = {"forecasts/GM0153/2018/2.1": first.delivery_id}
    store.add({"forecasts": [forecast("b")]}, completes=rest)
    assert store.stages() == ["a", "b"]
    mark(first, Mark("withdrawn", "2026-11-29", ""))
    assert store.stages() == ["b"]


def test_a_row_says_in_which_file_line_and_cell_it_stands(store: Store, tmp_path: Path) -> None:
    kept = store.add({"forecasts": [forecast("a", line="Blad 1!B7")]})
    accounts = store.in_force()
    write_in_force(accounts, SEEDS, tmp_path / "in_force")
    with (tmp_path / "in_force" / "reference" / "accounts_origins.csv").open(newline="") as file:
        origins = [each for each in csv.DictReader(file) if each["delivery"]]
    place = f"landing/deliveries/{kept.delivery_id}/forecasts.csv"
    [origin] = origins
    assert origin == {
        "file_name": "forecasts",
        "file_line": origin["file_line"],
        "seed_path": place,
        "seed_line": "2",
        "source_cell": "Blad 1!B7",
        "delivery": kept.delivery_id,
    }
    [delivered] = accounts.tables["forecasts"].as_dicts(ENSCHEDE)
    assert delivered["source_line"] == "7"
    lines = (tmp_path / "in_force" / "accounts" / "forecasts.csv").read_text().splitlines()
    assert ",a," in lines[int(origin["file_line"]) - 1]


def test_a_seed_that_moved_up_says_where_it_stood(store: Store, tmp_path: Path) -> None:
    store.add({"forecasts": [forecast("a", ("GM0153", "2013", "2.3"))]})
    write_in_force(store.in_force(), SEEDS, tmp_path / "in_force")
    with (tmp_path / "in_force" / "reference" / "accounts_origins.csv").open(newline="") as file:
        moved = [each for each in csv.DictReader(file) if not each["delivery"]]
    seeds = (SEEDS / "accounts" / "forecasts.csv").read_text().splitlines()
    now = (tmp_path / "in_force" / "accounts" / "forecasts.csv").read_text().splitlines()
    assert moved
    for each in moved:
        assert each["seed_path"] == "seeds/accounts/forecasts.csv"
        assert now[int(each["file_line"]) - 1] == seeds[int(each["seed_line"]) - 1]


def test_parts_are_those_of_whoever_fills_their_table(store: Store) -> None:
    def parts(**rows_n: str) -> list[dict[str, str]]:
        return [
            row("chapter_parts", ENSCHEDE, "1", part=part, rows_n=count)
            for part, count in rows_n.items()
        ]

    store.add(
        {
            "forecasts": [forecast("a"), forecast("b", line="3")],
            "chapter_parts": parts(forecast="2", own_indicator="0"),
        }
    )
    found = store.in_force().tables["chapter_parts"].as_dicts(ENSCHEDE)
    counts = {each["part"]: each["rows_n"] for each in found}
    seeded = {
        each["part"]: each["rows_n"]
        for each in accounts_in_force(SEEDS, []).tables["chapter_parts"].as_dicts(ENSCHEDE)
    }
    assert counts == {**seeded, "forecast": "2"}
    assert seeded["own_indicator"] != "0"


def test_a_document_is_there_as_long_as_its_rows_count(store: Store, tmp_path: Path) -> None:
    document = row("documents", HENGELO, "1", name="cijfers.csv", sha256="0" * 64)
    store.add({"forecasts": [forecast("a", HENGELO)], "documents": [document]}, pages=(1, 49))
    [told] = store.in_force().tables["documents"].as_dicts(HENGELO)
    assert told["name"] == "cijfers.csv"
    write_in_force(store.in_force(), SEEDS, tmp_path / "in_force")
    with (tmp_path / "in_force" / "reference" / "accounts_acceptances.csv").open(
        newline=""
    ) as file:
        [acceptance] = csv.DictReader(file)
    assert (acceptance["review_status"], acceptance["accepted_by"]) == ("delivered", "Controller")
    assert acceptance["page_lines"] == "1|49"
    store.add({"forecasts": [forecast("b", HENGELO)]})
    assert store.in_force().tables["documents"].as_dicts(HENGELO) == []
