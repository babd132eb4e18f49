"""A draft survives interruption, and becomes a delivery in one step or not at all."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.landing.delivery import Delivery, Header, page_bytes, read_delivery
from doelenboom.landing.draft import Draft, open_draft
from doelenboom.landing.store import (
    DELIVERY_ID,
    all_latest,
    deliveries,
    latest,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
COLUMNS = {"ID": "id"}


def header(modified: str = "2020-01-01T02:00:00", table: str = "45042NED") -> Header:
    return Header("cbs", "iv3", table, 2018, "Gemeenten 2018", "https://x", "CC BY 4.0", modified)


def keep_pages(draft: Draft, *numbers: int) -> None:
    for number in numbers:
        body = json.dumps({"value": [{"ID": number}]}).encode()
        draft.keep("cells", f"https://x/{number}", body, 1, f"https://x/{number + 1}")


def landed(tmp_path: Path, modified: str = "2020-01-01T02:00:00", pages: int = 2) -> Delivery:
    earlier = latest(tmp_path / "landing", "cbs", "iv3", "45042NED")
    draft = open_draft(tmp_path / "attempts", header(modified), earlier)
    keep_pages(draft, *range(1, pages + 1))
    draft.finish_part("cells", COLUMNS, pages)
    return draft.land(tmp_path / "landing", NOON)


@pytest.mark.parametrize("year", range(2021, 2031))
def test_a_revision_in_the_same_second_is_the_later_one(tmp_path: Path, year: int) -> None:
    """Two fetches within one second were sorted by a hash: half of all revisions stayed unread."""
    landed(tmp_path)
    revision = landed(tmp_path, f"{year}-01-01T02:00:00")
    assert latest(tmp_path / "landing", "cbs", "iv3", "45042NED") == revision


def test_a_revision_is_the_later_one_when_the_clock_went_back(tmp_path: Path) -> None:
    folder = landed(tmp_path).folder
    folder.rename(folder.with_name(f"20991231T235959Z-{'0' * 8}"))
    revision = landed(tmp_path, "2021-01-01T02:00:00")
    assert revision.delivery_id.startswith("21000101T000000Z-")
    assert latest(tmp_path / "landing", "cbs", "iv3", "45042NED") == revision


def kept_urls(draft: Draft) -> list[str]:
    return [kept.page.url for kept in draft.kept("cells", "https://x/1")]


def test_a_delivery_says_what_was_sent_when_and_of_what(tmp_path: Path) -> None:
    delivery = landed(tmp_path)
    assert delivery.folder.parent == tmp_path / "landing" / "cbs" / "iv3" / "45042NED"
    assert DELIVERY_ID.fullmatch(delivery.delivery_id)
    assert delivery.landed_at == "2026-11-24T12:00:00Z"
    assert read_delivery(delivery.folder) == delivery
    part = delivery.part("cells")
    assert (part.rows, part.source_count, part.columns) == (2, 2, COLUMNS)
    body = page_bytes(delivery.folder, part.pages[1])
    assert body == b'{"value": [{"ID": 2}]}'
    assert part.pages[1].sha256 == hashlib.sha256(body).hexdigest()
    assert sorted(path.name for path in delivery.folder.iterdir()) == [
        "cells-0001.json.zst",
        "cells-0002.json.zst",
        "manifest.json",
    ]
    assert {path.stat().st_mode & 0o777 for path in delivery.folder.iterdir()} == {0o444}
    assert not list((tmp_path / "attempts").rglob("*.json*"))


def test_a_revision_stands_beside_the_delivery_before(tmp_path: Path) -> None:
    first = landed(tmp_path)
    second = landed(tmp_path, "2021-01-01T02:00:00", pages=3)
    assert deliveries(tmp_path / "landing", "cbs", "iv3", "45042NED") == [first, second]
    assert latest(tmp_path / "landing", "cbs", "iv3", "45042NED") == second
    assert all_latest(tmp_path / "landing", "cbs") == [second]


def test_what_landed_is_never_overwritten(tmp_path: Path) -> None:
    landed(tmp_path)
    draft = open_draft(tmp_path / "attempts", header())
    keep_pages(draft, 1)
    (tmp_path / "landing" / "cbs" / "iv3" / "45042NED").chmod(0o555)
    before = [p.read_bytes() for p in sorted((tmp_path / "landing").rglob("*.*"))]
    draft.finish_part("cells", COLUMNS, 1)
    if os.geteuid() != 0:  # root may write anywhere
        with pytest.raises(RefusedError, match="cannot become"):
            draft.land(tmp_path / "landing", NOON)
    (tmp_path / "landing" / "cbs" / "iv3" / "45042NED").chmod(0o755)
    assert [p.read_bytes() for p in sorted((tmp_path / "landing").rglob("*.*"))] == before


def test_a_draft_goes_on_where_it_stopped(tmp_path: Path) -> None:
    keep_pages(open_draft(tmp_path, header()), 1, 2)
    again = open_draft(tmp_path, header())
    assert kept_urls(again) == ["https://x/1", "https://x/2"]
    assert again.body(again.kept("cells", "https://x/1")[0]) == b'{"value": [{"ID": 1}]}'
    keep_pages(again, 3)
    assert kept_urls(open_draft(tmp_path, header())) == [f"https://x/{n}" for n in (1, 2, 3)]


def test_a_draft_of_another_state_of_the_table_is_thrown_away(tmp_path: Path) -> None:
    keep_pages(open_draft(tmp_path, header()), 1)
    assert kept_urls(open_draft(tmp_path, header("2020-02-02T02:00:00"))) == []
    assert kept_urls(open_draft(tmp_path, header())) == []


def test_a_part_that_begins_at_another_url_begins_anew(tmp_path: Path) -> None:
    draft = open_draft(tmp_path, header())
    keep_pages(draft, 1, 2)
    assert draft.kept("cells", "https://x/other") == []
    keep_pages(draft, 7)
    assert draft.kept("cells", "https://x/1") == []
    (only,) = open_draft(tmp_path, header()).kept("cells", "https://x/7")
    assert only.page.file == "cells-0001.json.zst"


def test_a_line_of_the_journal_that_was_cut_short_is_not_kept(tmp_path: Path) -> None:
    keep_pages(open_draft(tmp_path, header()), 1, 2)
    (journal,) = tmp_path.rglob("journal.jsonl")
    journal.write_bytes(journal.read_bytes()[:-9])
    again = open_draft(tmp_path, header())
    assert kept_urls(again) == ["https://x/1"]
    keep_pages(again, 2, 3)
    assert len(kept_urls(open_draft(tmp_path, header()))) == 3


LINE = (
    '{"part": "cells", "page": {"file": "cells-0003.json.zst", "url": "u", "sha256": "s", "bytes":'
    ' 1, "rows": 1, "fetched_at": "t"}, "next_url": null}'
)


@pytest.mark.parametrize(
    "line",
    [
        "\0\0\0",
        "[" * 200_000,
        "[]",
        "{}",
        LINE.replace('"rows": 1', '"rows": "1"'),
        LINE.replace('"rows": 1', '"rows": 1, "more": 1, "bytes": null'),
        LINE.replace("0003", "0004"),
        LINE.replace("cells-0003", "../../0003"),
        LINE.replace("-0003", ""),
    ],
    ids=lambda line: line[:120],
)
def test_a_damaged_line_of_the_journal_goes_and_its_page_is_fetched_again(
    tmp_path: Path, line: str
) -> None:
    keep_pages(open_draft(tmp_path, header()), 1, 2)
    (journal,) = tmp_path.rglob("journal.jsonl")
    sound = journal.read_bytes()
    journal.write_bytes(sound + line.encode() + b"\n" + sound)
    again = open_draft(tmp_path, header())
    assert kept_urls(again) == ["https://x/1", "https://x/2"]
    assert journal.read_bytes() == sound
    keep_pages(again, 3)
    assert len(kept_urls(open_draft(tmp_path, header()))) == 3


@pytest.mark.parametrize("text", ["[]", "[" * 200_000, "\0", '{"begun": 1}'])
def test_a_draft_whose_header_is_damaged_begins_anew(tmp_path: Path, text: str) -> None:
    keep_pages(open_draft(tmp_path, header()), 1)
    (place,) = tmp_path.rglob("header.json")
    place.write_text(text)
    assert kept_urls(open_draft(tmp_path, header())) == []
    keep_pages(open_draft(tmp_path, header()), 1)
    assert len(kept_urls(open_draft(tmp_path, header()))) == 1


def test_a_damaged_page_and_those_behind_it_are_not_kept(tmp_path: Path) -> None:
    keep_pages(open_draft(tmp_path, header()), 1, 2, 3)
    (page,) = tmp_path.rglob("cells-0002*")
    page.write_bytes(page.read_bytes()[:-1])
    assert kept_urls(open_draft(tmp_path, header())) == ["https://x/1"]


def test_a_page_in_landing_that_was_changed_is_named(tmp_path: Path) -> None:
    delivery = landed(tmp_path)
    page = delivery.part("cells").pages[0]
    path = delivery.folder / page.file
    path.chmod(0o644)
    path.write_bytes(b"x")
    with pytest.raises(RefusedError, match=rf"{page.file} cannot be unpacked"):
        page_bytes(delivery.folder, page)
    path.write_bytes((delivery.folder / delivery.part("cells").pages[1].file).read_bytes())
    with pytest.raises(RefusedError, match=rf"SHA-256 .*, expected {page.sha256}"):
        page_bytes(delivery.folder, page)


@pytest.mark.parametrize("name", ["..", "a/b", "", "/x", "a\n", "x" * 65])
def test_no_name_leads_out_of_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(RefusedError, match="is no name of a dataset, table or part"):
        header(table=name)
    with pytest.raises(RefusedError, match="is no name"):
        latest(tmp_path, "cbs", "iv3", name)


def test_a_folder_in_landing_that_is_no_delivery_is_named(tmp_path: Path) -> None:
    (tmp_path / "cbs" / "iv3" / "45042NED" / "copy of yesterday").mkdir(parents=True)
    with pytest.raises(RefusedError, match="copy of yesterday is no delivery"):
        all_latest(tmp_path, "cbs")


def test_a_manifest_that_does_not_add_up_is_named(tmp_path: Path) -> None:
    delivery = landed(tmp_path)
    path = delivery.folder / "manifest.json"
    path.chmod(0o644)
    document = json.loads(path.read_text())
    path.write_text(json.dumps({**document, "table": "45043NED"}))
    with pytest.raises(RefusedError, match="is the manifest of cbs/iv3/45043NED"):
        read_delivery(delivery.folder)
    document["parts"][0]["rows"] = 3
    path.write_text(json.dumps(document))
    with pytest.raises(RefusedError, match="cells has 2 rows on its pages, not 3"):
        read_delivery(delivery.folder)


KEEPING = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from tests.unit.landing.test_draft import header, keep_pages
from doelenboom.landing.draft import open_draft
draft = open_draft(Path(sys.argv[1]), header())
for number in range(1, 100000):
    keep_pages(draft, number)
    print(number, flush=True)
"""


def test_a_killed_fetch_keeps_whole_pages_only_and_goes_on(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", KEEPING, str(tmp_path), str(root), str(root / "src")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while process.stdout.readline().strip() != "20":
            time.sleep(0)
        process.send_signal(signal.SIGKILL)
    again = open_draft(tmp_path, header())
    urls = kept_urls(again)
    assert len(urls) >= 20
    assert urls == [f"https://x/{number}" for number in range(1, len(urls) + 1)]
    keep_pages(again, len(urls) + 1)
    again.finish_part("cells", COLUMNS, len(urls) + 1)
    delivery = again.land(tmp_path / "landing", NOON)
    ids = [page_bytes(delivery.folder, page) for page in delivery.part("cells").pages]
    assert ids[-1] == json.dumps({"value": [{"ID": len(urls) + 1}]}).encode()
