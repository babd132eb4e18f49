"""What a person feeds is published by the next night, traceable, and can be taken back."""

from pathlib import Path

import pytest

from doelenboom.ingestion.reviewed import reviewed_chapters
from doelenboom.landing.accepted import kept_deliveries
from tests.conftest import MadeOnce, copy_links
from tests.integration.chapters_project import chapters_night, make_chapters_project
from tests.integration.feeding_project import ALMELO, Fed, rows_of_seed, write_workbook
from tests.integration.small_night import SmallSettings, table_hashes

pytestmark = pytest.mark.prove

ENSCHEDE = {"municipality_code": "GM0153", "fiscal_year": "2018"}
SEEN = """
    select distinct source_document from marts.programme_finance
    where fiscal_year = 2018 and is_total
"""
OF_ALMELO = """
    select line_item, actual_keur, source_document, source_line
    from marts.programme_finance
    where municipality_code = 'GM0141' and flow = 'expenses'
    order by source_line
"""
CAME_FROM = """
    select seed_path, seed_line, source_document, source_lines, source_sha256
    from marts.figure_provenance
    where table_name = 'programme_finance' and column_name = 'actual_keur' and row_key like '{}%'
    order by input_value
"""
OWN = {
    "groep.csv": "Gemeente;Jaar;Groep;Lid;Vastgesteld door\nEnschede;2018;Buren;Hengelo;Raad\n",
    "taakvelden.csv": (
        "Gemeente;Jaar;Stuk;Taakveld;Lasten (in euro);Baten (in euro)\n"
        "Enschede;2027;begroting;6.1;1.234.500;0\n"
    ),
}
"""What belongs to no programme."""

OF_OWN = """
    select table_name, row_key, input_value, source_document, source_lines
    from marts.figure_provenance
    where table_name in ('peer_group_members', 'own_taakveld_amounts')
        and column_name in ('municipality_code', 'expenses_keur')
    order by table_name
"""
AMOUNT = "municipality_code=GM0153 fiscal_year=2027 report=budget taakveld_code=6.1"
MEMBER = "peer_group_code=own_GM0153_buren fiscal_year=2018 boundary=as_reported"


@pytest.fixture
def fed(
    tmp_path: Path, made_once: MadeOnce, no_variables: None, monkeypatch: pytest.MonkeyPatch
) -> Fed:
    """Give a project that published its seeds once, to be fed."""

    def publish(folder: Path) -> None:
        assert chapters_night(make_chapters_project(folder)).published

    copy_links(made_once("chapters_published", publish), tmp_path / "fed")
    return Fed(SmallSettings(data_dir=tmp_path / "fed" / "data", threads=2), monkeypatch)


def test_a_page_of_a_municipality_never_seen_is_reviewed_published_corrected_and_withdrawn(
    fed: Fed, capsys: pytest.CaptureFixture[str]
) -> None:
    before = table_hashes(fed.settings)
    fed.drop_page()
    assert fed.night()
    assert fed.asked(OF_ALMELO) == []
    subject = f"inbox/{ALMELO}"
    assert fed.told_of_files()["chapter_is_reviewed", subject] == "warn"

    assert fed.run("review", "list") == 0
    assert "Buitenruimte" in capsys.readouterr().out
    assert fed.run("review", "accept", "page.html", "--by", "Controller Almelo") == 0
    assert fed.files() == [f"accepted/{ALMELO}"]
    assert fed.night()
    assert [tuple(map(str, row)) for row in fed.asked(OF_ALMELO)] == [
        ("Groenbeheer", "2410.000", "page.html", "26"),
        ("Waterbeheer", "1090.000", "page.html", "27"),
        ("Totaal programma", "3500.000", "page.html", "28"),
    ]
    [kept] = kept_deliveries(fed.settings.landing_dir)
    came = fed.asked(CAME_FROM.format("municipality_code=GM0141"))
    place = f"landing/deliveries/{kept.delivery_id}/programme_finance.csv"
    assert {(path, document, sha) for path, _, document, _, sha in came} == {
        (place, "page.html", kept.manifest.sha256)
    }
    lines = kept.csv_path("programme_finance").read_text(encoding="utf-8").splitlines()
    assert all(f",{source}" in lines[line - 1] for _, line, _, source, _ in came)
    assert fed.told_of_files() == {("file_is_taken", subject): "pass"}
    assert not fed.night()

    words = ("review", "correct", ALMELO, "variance_explanations", "explanation_no=1")
    assert fed.run(*words, "reason=Minder onkruid", "--reason", "Zin gelezen") == 0
    capsys.readouterr()
    assert fed.run("review", "list") == 0
    assert "corrected" in capsys.readouterr().out
    assert fed.run("review", "accept", ALMELO, "--by", "Controller Almelo") == 0
    assert fed.night()
    explained = "select reason from marts.variance_explanations where municipality_code = 'GM0141'"
    assert fed.asked(explained + " and explanation_no = 1") == [("Minder onkruid",)]
    assert len(kept_deliveries(fed.settings.landing_dir)) == 2

    assert fed.run("inbox", "withdraw", "page.html") == 0
    assert fed.run("inbox", "withdraw", "page.html") == 0
    assert fed.run("inbox", "withdraw", "page.html") == 1
    assert fed.night()
    after = table_hashes(fed.settings)
    assert {name for name, sha256 in after.items() if before[name] != sha256} == {"data_quality"}
    assert fed.told_of_files() == {("file_is_taken", subject): "info"}


def test_a_workbook_replaces_a_table_points_at_its_cells_and_is_taken_back(fed: Fed) -> None:
    before = table_hashes(fed.settings)
    rows = rows_of_seed("programme_finance", **ENSCHEDE)
    book = fed.settings.inbox_dir / "cijfers.xlsx"
    write_workbook(book, rows, "Kosten 2018")
    data = book.read_bytes()
    for name, text in OWN.items():
        fed.settings.inbox_dir.joinpath(name).write_text(text, encoding="utf-8")
    assert fed.night()
    assert fed.files() == [f"accepted/{name}" for name in ("cijfers.xlsx", *OWN)]
    assert fed.asked(SEEN) == [("cijfers.xlsx",)]
    assert fed.asked(OF_OWN) == [
        ("own_taakveld_amounts", AMOUNT, "1234.500", "taakvelden.csv", "2"),
        ("peer_group_members", f"{MEMBER} municipality_code=GM0164", "GM0164", "groep.csv", "2"),
    ]
    all_kept = kept_deliveries(fed.settings.landing_dir)
    [kept] = [each for each in all_kept if each.manifest.name == "cijfers.xlsx"]
    came = fed.asked(CAME_FROM.format("municipality_code=GM0153 fiscal_year=2018"))
    cells = {cell: path for path, _, document, cell, _ in came if document == "cijfers.xlsx"}
    assert {cell.partition("!A")[0] for cell in cells} == {"Kosten 2018"}
    assert set(cells.values()) == {f"landing/deliveries/{kept.delivery_id}/programme_finance.csv"}
    amounts = "select sum(actual_keur) from marts.programme_finance where fiscal_year = 2018"
    total = fed.asked(amounts)

    book.write_bytes(data)
    assert not fed.night()
    assert kept_deliveries(fed.settings.landing_dir) == all_kept

    for name in ("cijfers.xlsx", *OWN):
        assert fed.run("inbox", "withdraw", name, "--reason", "Verkeerd blad") == 0
    assert fed.night()
    assert fed.asked(amounts) == total
    after = table_hashes(fed.settings)
    assert {name for name, sha256 in after.items() if before[name] != sha256} == {"data_quality"}


def test_a_delivery_with_which_no_night_can_be_built_is_set_aside_and_the_others_published(
    fed: Fed,
) -> None:
    """One whose sums hold, but not with the goal tree; another that an expectation stops."""
    amounts = {"expenses": "100", "revenue": "40", "net_cost": "60"}
    phases = ("original_budget_keur", "final_budget_keur", "actual_keur")
    other = [
        {**row, **dict.fromkeys(phases, amounts[row["flow"]]), "variance_keur": "0"}
        for row in rows_of_seed("programme_finance", **ENSCHEDE)
        if row["flow"] in amounts
    ]
    write_workbook(fed.settings.inbox_dir / "anders.xlsx", other)
    good = [
        {**row, "explanation": "Nagekeken"} for row in rows_of_seed("action_points", **ENSCHEDE)
    ]
    write_workbook(fed.settings.inbox_dir / "punten.xlsx", good)
    programmes = "Gemeente;Jaar;Programma;Naam van het programma\n"
    scores = "Gemeente;Jaar;Programma;Nr;Indicator;Eenheid;Richting;Score\n"
    score = "{};2018;4;own_1;Tevreden;%;hoger is beter;{}\n"
    for name, text in {
        "namen.csv": programmes + "Almelo;2018;4;Zorg\nHengelo;2018;4;Zorg\n",
        "scores.csv": scores + score.format("Almelo", 82),
        "te hoog.csv": scores + score.format("Hengelo", 820),
    }.items():
        fed.settings.inbox_dir.joinpath(name).write_text(text, encoding="utf-8")
    assert fed.night()
    assert fed.asked(
        "select programme_name, expenses_actual_keur, dq_status from marts.programme_results"
        " where municipality_code != 'GM0153'"
    ) == [("Zorg", None, "warn")]
    assert fed.asked(SEEN) == [("000_eeff2086d13189c9.txt",)]
    explained = "select distinct explanation from marts.action_points where fiscal_year = 2018"
    assert fed.asked(explained) == [("Nagekeken",)]
    told = fed.told_of_files()
    assert told["file_is_taken", "inbox/anders.xlsx"] == "fail"
    assert told["file_is_taken", "inbox/te hoog.csv"] == "fail"
    kept = kept_deliveries(fed.settings.landing_dir)
    aside = {each.manifest.name: each.mark.reason for each in kept if each.mark}
    assert aside.keys() == {"anders.xlsx", "te hoog.csv"}
    assert "percent_within_range" in aside["te hoog.csv"]
    assert told["file_is_taken", "inbox/punten.xlsx"] == "pass"
    assert not fed.night()


def test_a_contradiction_that_was_named_is_published_as_one(fed: Fed) -> None:
    page = fed.drop_page()
    page.write_text(page.read_text("utf-8").replace("<td>2.410</td>", "<td>2.411</td>", 1), "utf-8")
    assert fed.night()
    assert fed.run("review", "accept", "page.html", "--by", "Controller") == 1
    [chapter] = reviewed_chapters(fed.settings)
    lines = {point.line for point in chapter.contradictions}
    naming = [word for line in lines for word in ("--naming", line)]
    assert fed.run("review", "accept", "page.html", "--by", "Controller", *naming) == 0
    assert fed.night()
    found = fed.asked(
        "select status, explanation from marts.reconciliation where municipality_code = 'GM0141'"
        " and status not in ('holds', 'rounding')"
    )
    assert {status for status, _ in found} == {"contradiction"}
    assert all(f"regel {min(lines)}: " in explanation for _, explanation in found)
