"""Tables in the inbox: rows that fit are kept, the others come back as a workbook."""

import os
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from doelenboom.errors import RefusedError
from doelenboom.ingestion import taking
from doelenboom.ingestion.taking import left_tables, take_tables
from doelenboom.ingestion.withdrawing import withdraw
from doelenboom.landing.accepted import kept_deliveries
from doelenboom.sources.inbox.delivered import read_delivery
from tests.unit.ingestion.conftest import Folder, csv_text, seed_rows

pytestmark = pytest.mark.slow

HENGELO = {"municipality_code": "GM0164", "fiscal_year": "2020", "programme_code": "5"}
PROGRAMME = {
    **HENGELO,
    "programme_name": "Zorg",
    "portfolio_holder": "",
    "document_type": "",
    "document_status": "",
    "value_status": "reported",
    "status_reason": "",
}
PHASES = ("original_budget_keur", "final_budget_keur", "actual_keur", "variance_keur")


def amounts(item: str, flow: str, *cells: int, **changed: object) -> dict[str, Any]:
    return {
        **HENGELO,
        "line_item": item,
        "flow": flow,
        "is_total": str(item == "Totaal programma").lower(),
        **dict(zip(PHASES, cells, strict=True)),
        "value_status": "reported",
        **changed,
    }


BLOCK = [
    amounts("Wmo", "expenses", 50, 60, 70, -10),
    amounts("Jeugd", "expenses", 30, 40, 35, 5),
    amounts("Totaal programma", "expenses", 80, 100, 105, -5),
]


def test_a_municipality_never_seen_comes_in_with_its_programme(folder: Folder) -> None:
    folder.drop("1 programma.csv", csv_text([PROGRAMME]))
    folder.drop("2 kosten.csv", csv_text(BLOCK))
    taken = take_tables(folder.settings)
    assert [(each.is_new, each.refused) for each in taken] == [(True, ()), (True, ())]
    assert folder.files() == ["accepted/1 programma.csv", "accepted/2 kosten.csv"]
    found = folder.rows("programme_finance", **HENGELO)
    assert [row["actual_keur"] for row in found] == ["70", "35", "105"]
    assert {row["source_document"] for row in found} == {"2 kosten.csv"}
    assert [row["source_line"] for row in found] == ["2", "3", "4"]
    parts = {row["part"]: row for row in folder.rows("chapter_parts", **HENGELO)}
    assert parts["cost_line"]["rows_n"] == "2"
    assert parts["own_indicator"]["value_status"] == "not_captured"


def test_an_overview_with_its_reserves_comes_in_and_is_no_chapter(folder: Folder) -> None:
    amount = {
        **{"line_item": "Totaal programma", "flow": "expenses", "amount_year": 2019},
        **{"phase": "actual", "amount_keur": 80},
    }
    reserve = {
        **{"reserve_name": "Reserve Wmo", "opening_keur": 10, "added_keur": 5},
        **{"withdrawn_keur": 3, "closing_keur": 12},
    }
    folder.drop("1 programma.csv", csv_text([PROGRAMME]))
    folder.drop("2 jaren.csv", csv_text([{**HENGELO, **amount}]))
    folder.drop("3 reserves.csv", csv_text([{**HENGELO, **reserve}]))
    assert [each.refused for each in take_tables(folder.settings)] == [(), (), ()]
    [year] = folder.rows("budget_years", **HENGELO)
    assert (year["amount_keur"], year["is_total"], year["phase_basis"]) == ("80", "true", "stated")
    [kept] = folder.rows("reserves", **HENGELO)
    assert (kept["closing_keur"], kept["interest_keur"], kept["source_line"]) == ("12", "", "2")
    assert folder.rows("chapter_parts", **HENGELO) == []


def test_rows_of_a_programme_that_nobody_knows_are_refused_and_the_file_stays(
    folder: Folder,
) -> None:
    folder.drop("kosten.csv", csv_text(BLOCK))
    [taken] = take_tables(folder.settings)
    assert taken.kept is None
    assert {(cell.row, cell.column, cell.rule) for cell in taken.refused} == {
        (row, "programme_code", "onbekend programma") for row in (2, 3, 4)
    }
    assert folder.files() == ["kosten.csv", "refused/kosten.csv - geweigerd.xlsx"]
    assert kept_deliveries(folder.settings.landing_dir) == []
    assert left_tables(folder.settings) == [taken]


def test_rows_that_must_add_up_are_taken_together_or_not(folder: Folder) -> None:
    folder.drop("1.csv", csv_text([PROGRAMME]))
    folder.drop(
        "2.csv", csv_text([*BLOCK[:2], amounts("Totaal programma", "expenses", 80, 100, 999, -899)])
    )
    taken = take_tables(folder.settings)
    assert taken[1].kept is None
    assert {cell.row for cell in taken[1].refused} == {2, 3, 4}
    assert folder.rows("programme_finance", **HENGELO) == []


def test_the_same_file_again_changes_nothing_and_is_moved_too(folder: Folder) -> None:
    text = csv_text([PROGRAMME])
    for _ in range(2):
        folder.drop("1.csv", text)
        [taken] = take_tables(folder.settings)
    assert not taken.is_new
    assert len(kept_deliveries(folder.settings.landing_dir)) == 1
    assert folder.files() == ["accepted/1 (2).csv", "accepted/1.csv"]


def test_a_correction_replaces_and_the_earlier_vintage_stays(folder: Folder) -> None:
    folder.drop("1.csv", csv_text([PROGRAMME]))
    take_tables(folder.settings)
    folder.drop("1.csv", csv_text([{**PROGRAMME, "programme_name": "Zorg en welzijn"}]))
    take_tables(folder.settings)
    [row] = folder.rows("programmes", **HENGELO)
    assert row["programme_name"] == "Zorg en welzijn"
    assert row["source_document"] != "1.csv"  # other bytes had that name
    earlier, later = kept_deliveries(folder.settings.landing_dir)
    assert withdraw(folder.settings, "1.csv", "toch niet") == (later, earlier)
    [row] = folder.rows("programmes", **HENGELO)
    assert (row["programme_name"], row["source_document"]) == ("Zorg", "1.csv")
    with pytest.raises(RefusedError, match=r"nothing counts that was delivered as 2\.csv"):
        withdraw(folder.settings, "2.csv", "")


def test_what_was_refused_comes_back_corrected_and_completes_the_rest(folder: Folder) -> None:
    """Three good rows and three bad ones: text in a number, an unknown code, one row twice."""
    rows = [row for row in seed_rows("forecasts") if row["fiscal_year"] == "2013"]
    first = {**rows[0], "stage": "a", "forecast_keur": "100"}
    good = [{**first, "stage": stage} for stage in ("a", "b", "c")]
    bad = [
        {**first, "stage": "d", "forecast_keur": "veel"},
        {**first, "stage": "e", "basis": "geraden"},
        {**first, "stage": "f"},
        {**first, "stage": "f"},
    ]
    folder.drop("verwachtingen.csv", csv_text([*good, *bad]))
    [taken] = take_tables(folder.settings)
    assert {cell.row for cell in taken.refused} == {5, 6, 7, 8}
    stages = [row["stage"] for row in folder.rows("forecasts", fiscal_year="2013")]
    assert stages == ["a", "b", "c"]

    failures = folder.settings.inbox_dir / "refused" / "verwachtingen.csv - geweigerd.xlsx"
    book = load_workbook(failures)
    page = book.worksheets[0]
    heads = {str(cell.value): cell.column for cell in page[1]}
    for line, name, value in (
        (2, "forecast_keur", 100),
        (3, "basis", "printed"),
        (5, "stage", "g"),
    ):
        page.cell(line, heads[name]).value = value
    book.save(folder.settings.inbox_dir / "verbeterd.xlsx")
    [again] = take_tables(folder.settings)
    assert again.refused == ()
    stages = [row["stage"] for row in folder.rows("forecasts", fiscal_year="2013")]
    assert stages == ["a", "b", "c", "d", "e", "f", "g"]
    [part] = folder.rows("chapter_parts", fiscal_year="2013", part="forecast")
    assert part["rows_n"] == "7"


def test_a_run_that_dies_before_the_file_is_moved_takes_it_once(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.drop("1.csv", csv_text([PROGRAMME]))

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(taking, "move_away", die)
        with pytest.raises(KeyboardInterrupt):
            take_tables(folder.settings)
    assert folder.files() == ["1.csv"]
    [kept] = kept_deliveries(folder.settings.landing_dir)
    [taken] = take_tables(folder.settings)
    assert (taken.kept, taken.is_new) == (kept, False)
    assert folder.files() == ["accepted/1.csv"]


def test_a_file_that_is_being_written_is_left_for_the_next_time(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.drop("1.csv", csv_text([PROGRAMME]))
    real = read_delivery

    def read_while_it_grows(*given: Any) -> Any:
        found = real(*given)
        with path.open("a", encoding="utf-8") as file:
            file.write("\n")
        return found

    with monkeypatch.context() as patched:
        patched.setattr(taking, "read_delivery", read_while_it_grows)
        assert take_tables(folder.settings) == []
    assert folder.files() == ["1.csv"]
    os.utime(path, (1, 1))
    [taken] = take_tables(folder.settings)
    assert taken.is_new


def test_a_document_gives_its_title_and_address_and_nothing_without_rows(folder: Folder) -> None:
    document: dict[str, Any] = {
        **HENGELO,
        **{"name": "x.pdf", "title": "Jaarrekening", "address": "https://hengelo.example/x"},
        **{"sha256": "0" * 64, "line_count": 3},
    }
    alone = folder.drop("1.csv", csv_text([document]))
    [taken] = take_tables(folder.settings)
    assert (taken.kept, {cell.rule for cell in taken.refused}) == (None, {"document zonder rijen"})
    alone.unlink()
    book = Workbook()
    for name, row in {"Documenten": document, "Programma": dict[str, Any](PROGRAMME)}.items():
        page = book.create_sheet(name)
        page.append(list(row))
        page.append(list(row.values()))
    book.remove(book.worksheets[0])
    book.save(folder.drop("2.xlsx", b""))
    [taken] = take_tables(folder.settings)
    assert taken.refused == ()
    [row] = folder.rows("documents", **HENGELO)
    assert (row["name"], row["title"]) == ("2.xlsx", "Jaarrekening")
    assert (row["address"], row["sha256"] == "0" * 64) == ("https://hengelo.example/x", False)


OWN = "Gemeente;Jaar;Groep;Lid;Vastgesteld door\n"


def test_a_group_replaces_the_group_of_its_name_and_year_and_no_other(folder: Folder) -> None:
    group = "Hengelo;2020;{};{};Raad\n"
    folder.drop("1.csv", OWN + group.format("Buren", "Enschede") + group.format("Ver", "Breda"))
    folder.drop("2.csv", OWN + group.format("buren", "Almelo"))
    taken = take_tables(folder.settings)
    assert [(each.is_new, each.refused) for each in taken] == [(True, ()), (True, ())]
    found = [(row["peer_group_code"], row["member_code"]) for row in folder.rows("peer_groups")]
    assert found == [("own_GM0164_ver", "GM0758"), ("own_GM0164_buren", "GM0141")]
    assert folder.rows("documents", **HENGELO) == []
    withdraw(folder.settings, "2.csv", "")
    assert len(folder.rows("peer_groups", peer_group_code="own_GM0164_buren")) == 1
    folder.drop("1.csv", OWN + group.format("Buren", "Enschede") + group.format("Ver", "Breda"))
    [again] = take_tables(folder.settings)
    assert not again.is_new


def test_a_budget_by_taakveld_replaces_that_budget_whole(folder: Folder) -> None:
    head = "Gemeente;Jaar;Stuk;Taakveld;Lasten (in euro);Baten (in euro)\n"
    rows = "Hengelo;2027;begroting;6.1;1.000.000;0\nHengelo;2027;begroting;6.3;2.000.000;0\n"
    folder.drop("1.csv", head + rows + "Hengelo;2025;jaarrekening;6.1;3.000.000;0\n")
    folder.drop("2.csv", head + "Hengelo;2027;begroting;6.1;4.000.000;0\n")
    assert [each.refused for each in take_tables(folder.settings)] == [(), ()]
    found = folder.rows("taakveld_amounts")
    assert [(row["report"], row["expenses_keur"]) for row in found] == [
        ("accounts", "3000"),
        ("budget", "4000"),
    ]
