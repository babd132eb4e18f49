"""Data Docs read well offline: nothing is fetched, nothing is run, nothing stays hidden."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from doelenboom.validation.offline_html import offline

pytestmark = pytest.mark.slow

LOADING = {"script", "link", "img", "iframe", "object", "embed", "video", "audio", "source"}


class _Seen(HTMLParser):
    """Collects elements and links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.handlers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "srcset"}]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


@pytest.fixture(scope="module")
def docs(good_candidate: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data Docs of a run on the good candidate with one check that fails and one that breaks."""
    import shutil

    import duckdb

    from doelenboom.validation.runner import validate
    from doelenboom.validation.suites import SUITES

    folder = tmp_path_factory.mktemp("docs")
    candidate = folder / "candidate.duckdb"
    shutil.copyfile(good_candidate, candidate)
    with duckdb.connect(str(candidate)) as connection:
        connection.execute(
            "update marts.programme_results"
            " set net_cost_final_budget_keur = 207688, programme_name = '<onzin>'"
        )
        connection.execute("alter table marts.programme_results drop column indicators_met")
    suites = {table: SUITES[table] for table in ("programme_results", "forecasts")}
    docs_dir = folder / "data_docs"
    (docs_dir / "validations").mkdir(parents=True)
    (docs_dir / "validations" / "of_an_earlier_run.html").touch()
    validate(candidate, suites=suites, docs_dir=docs_dir)
    return docs_dir


def test_there_is_an_index_and_a_page_per_mart_and_suite(docs: Path) -> None:
    assert {str(page.relative_to(docs)) for page in docs.rglob("*") if page.is_file()} == {
        "index.html",
        *(
            f"{folder}/{table}.html"
            for folder in ("validations", "expectations")
            for table in ("programme_results", "forecasts")
        ),
    }


def test_no_page_loads_or_runs_anything(docs: Path) -> None:
    for page in docs.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        seen = _Seen(text)
        assert not LOADING.intersection(seen.tags), page
        assert not [link for link in seen.links if link.startswith(("http", "//", "data:"))], page
        assert not seen.handlers, page
        assert "@import" not in text and "url(" not in text, page


def test_every_link_between_pages_leads_somewhere(docs: Path) -> None:
    for page in docs.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for link in _Seen(text).links:
            target, _, anchor = link.partition("#")
            assert (page.parent / target).exists(), (page, link)
            assert not anchor or f'id="{anchor}"' in text, (page, link)


def test_the_index_lists_what_did_not_pass(docs: Path) -> None:
    text = (docs / "index.html").read_text(encoding="utf-8")
    assert "2 of 21 checks block publication." in text
    assert "programme_results.net_cost_is_expenses_less_revenue" in text
    assert "2 offending rows, such as" in text and "=&lt;onzin&gt;" in text
    assert "! broken" in text and "✗ failed" in text


def test_a_page_says_in_words_what_icons_said(docs: Path) -> None:
    text = (docs / "validations" / "programme_results.html").read_text(encoding="utf-8")
    assert text.count("✓ passed") == 14
    assert text.count("✗ failed") == 1
    assert text.count("! broken") == 1
    assert "programme_results.has_rows: at least 1 row" in text


def test_folded_blocks_open_without_a_script() -> None:
    page = (
        '<html><head><script src="https://x/y.js">if (a < b) {}</script></head><body>'
        '<p><a data-toggle="collapse" href="#c">Show more info...</a></p>'
        '<div id="c" class="collapse m-2" style="display: none"><div onclick="x()">inside'
        '</div></div><div class="card mb-3"><div>Actions</div><input></div><p>after &amp; on</p>'
        "</body></html>"
    )
    body = offline(page, "title").partition("<body>")[2]
    assert body == (
        '<p></p><details><summary>Show more info</summary><div id="c" class="collapse m-2">'
        "<div>inside</div></div></details><p>after &amp; on</p></body></html>"
    )
