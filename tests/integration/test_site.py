"""The site of a real release: figures are those of SQL, links lead somewhere, pages are small."""

import hashlib
import random
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import duckdb
import pytest

from dashboard.figures import number, signed, signed_millions
from dashboard.pages import slug
from dashboard.site import make_site
from doelenboom.publication.manifest import read_release
from doelenboom.storage.resources import DuckDBResources
from tests.conftest import MadeOnce, RealNight

PROGRAMME = "gemeente/gm0153/2018/programma-2.1.html"
MOST_HTML, MOST_LOADED = 60_000, 150_000
SEED = 19

HOSTILE = "<script>alert(1)</script> \"' \u202eabc\u0000 " + "lang" * 50


class Read(HTMLParser):
    """What a page says: its text, where it links to, the places it has, what it loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.loads: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self._text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes += found
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in ("link", "script") and ("href" in found or "src" in found):
            self.loads.append(found.get("href") or found["src"])
        if "id" in found:
            self.places.add(found["id"])

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self._text).split())


@pytest.fixture(scope="session")
def site(real_night: RealNight) -> Path:
    """The site that a real night made."""
    assert "Note:" not in real_night.first_run.stdout, real_night.first_run.stdout
    return real_night.data_dir / "published" / "site"


@pytest.fixture(scope="session")
def read(site: Path) -> dict[str, Read]:
    """Every page, read once."""
    return {
        path.relative_to(site).as_posix(): Read(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def asked(database: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_every_link_leads_to_a_page_and_a_place(read: dict[str, Read], site: Path) -> None:
    broken = []
    for path, page in read.items():
        for link in (*page.links, *page.loads):
            parts = urlsplit(link)
            assert not parts.scheme and not link.startswith("/"), (path, link)
            target = (site / path).parent / unquote(parts.path) if parts.path else site / path
            name = target.resolve().relative_to(site.resolve()).as_posix()
            if not target.is_file() or not _is_there(parts.fragment, read.get(name)):
                broken.append((path, link))
    assert broken == []


def _is_there(place: str, page: Read | None) -> bool:
    """Tell whether a page has a place; what a script reads behind a # is no place."""
    return page is None or not place or "=" in place or place in page.places


def test_pages_are_small_also_with_all_that_they_load(read: dict[str, Read], site: Path) -> None:
    fonts = sum(path.stat().st_size for path in (site / "static" / "fonts").glob("*.woff2"))
    for path, page in read.items():
        html = (site / path).stat().st_size
        loads = {(site / path).parent / name for name in page.loads}
        assert html <= MOST_HTML, (path, html)
        # Vergelijken has a test of its own, with the data that it asks for.
        loaded = html + fonts + sum(load.stat().st_size for load in loads)
        assert loaded <= MOST_LOADED or path == "vergelijken.html", path


def test_no_page_has_a_style_or_a_handler_of_its_own(read: dict[str, Read]) -> None:
    for path, page in read.items():
        assert "style" not in page.tags and "style" not in page.attributes, path
        assert not [name for name in page.attributes if name.startswith("on")], path
        assert "None" not in page.text.split(), path


def test_the_figures_of_a_programme_are_those_of_sql(
    read: dict[str, Read], real_night: RealNight
) -> None:
    columns = [
        f"{flow}_{phase}_keur"
        for flow in ("expenses", "revenue", "net_cost", "net_cost_after_reserves")
        for phase in ("original_budget", "final_budget", "actual")
    ]
    for year, code in ((2013, "2.3"), (2018, "2.1")):
        (row,) = asked(
            real_night.database,
            f"select {', '.join(columns)}, net_cost_after_reserves_variance_keur"
            f" from marts.programme_results where fiscal_year = {year}",
        )
        text = read[f"gemeente/gm0153/{year}/programma-{code}.html"].text
        for value in row[:-1]:
            assert number(value) in text  # type: ignore[arg-type]
        assert signed_millions(row[-1]) in text  # type: ignore[arg-type]


def test_every_step_question_and_explanation_stands_on_the_page(
    read: dict[str, Read], real_night: RealNight
) -> None:
    text = read[PROGRAMME].text
    of_programme = "from marts.{} where fiscal_year = 2018 and {}"
    for name, amount in asked(
        real_night.database,
        "select step_name, amount_keur "
        + of_programme.format("programme_steps", "waterfall = 'variance'"),
    ):
        assert f"{name} {signed(amount)}" in text  # type: ignore[arg-type]
    (questions,) = zip(
        *asked(
            real_night.database,
            "select question " + of_programme.format("programme_questions", "true"),
        ),
        strict=True,
    )
    assert len(questions) <= 3 and all(question in text for question in questions)
    for subject, amount in asked(
        real_night.database,
        "select subject, amount_keur "
        + of_programme.format("variance_explanations", "role = 'component'"),
    ):
        assert f"{signed_millions(amount)} {subject} ." in text  # type: ignore[arg-type]


def test_indicators_products_checks_and_taakvelden_are_those_of_sql(
    read: dict[str, Read], real_night: RealNight
) -> None:
    place = "gemeente/gm0153/2018"
    for page, sql in (
        ("indicatoren", "select indicator_name, verdict_label from marts.indicator_results"),
        ("doelenboom", "select node_name from marts.goal_tree"),
        ("doelenboom", "select title from marts.action_points"),
        ("betrouwbaarheid", "select subject, status_label from marts.reconciliation"),
        ("taakvelden", "select product_name from marts.programme_taakveld_bridge"),
    ):
        text = read[f"{place}/{page}-2.1.html"].text
        of_page = "fiscal_year = 2018 and municipality_code = 'GM0153'"
        for row in asked(real_night.database, f"{sql} where {of_page}"):
            for said in row:
                if said:
                    assert str(said).replace(" | ", "; ") in text, (page, said)


def test_what_50_municipalities_spend_is_what_sql_says(
    read: dict[str, Read], real_night: RealNight
) -> None:
    rows = asked(
        real_night.database,
        "select municipality_code, cluster_name, eur_per_inhabitant, peer_median"
        " from marts.spending_per_inhabitant"
        " where report = 'accounts' and eur_per_inhabitant is not null"
        " qualify fiscal_year = max(fiscal_year) over (partition by municipality_code)",
    )
    codes = sorted({str(code) for code, *_ in rows})
    drawn = set(random.Random(SEED).sample(codes, min(50, len(codes))))
    assert len(drawn) >= 40
    for code, cluster, value, median in rows:
        if code in drawn:
            text = read[f"gemeente/{str(code).lower()}/index.html"].text
            beside = "geen" if median is None else number(median)  # type: ignore[arg-type]
            assert f"{cluster} {number(value)} {beside}" in text  # type: ignore[arg-type]


def test_the_page_of_finances_shows_the_marts_of_position(
    read: dict[str, Read], real_night: RealNight
) -> None:
    rows = asked(
        real_night.database,
        "select municipality_code, fiscal_year, equity_eur_per_inhabitant,"
        " equity_peer_median_eur_per_inhabitant from marts.financial_position"
        " where equity_eur_per_inhabitant is not null",
    )
    assert len(rows) >= 200
    for code, year, equity, median in rows:
        beside = "geen" if median is None else number(median)  # type: ignore[arg-type]
        text = read[f"gemeente/{str(code).lower()}/financien.html"].text
        assert f"{year} {number(equity)} {beside}" in text  # type: ignore[arg-type]
    of_enschede = read["gemeente/gm0153/financien.html"]
    for name, difference in asked(
        real_night.database,
        "select fund_cluster_name, difference_eur_per_inhabitant from marts.fund_allocation"
        " where municipality_code = 'GM0153' and fiscal_year = 2025 and circular = 'S2024'"
        " and difference_keur is not null",
    ):
        assert str(name) in of_enschede.text
        assert signed(difference) in of_enschede.text  # type: ignore[arg-type]
    assert "financien.html" in read["gemeente/gm0153/index.html"].links


def test_every_municipality_has_a_page_and_stands_on_the_first(
    read: dict[str, Read], real_night: RealNight
) -> None:
    first = read["index.html"]
    for code, name in asked(
        real_night.database,
        "select municipality_code, municipality_name from marts.dim_municipality_current",
    ):
        path = f"gemeente/{slug(str(code).lower())}/index.html"
        assert path in read and path in first.links and str(name) in first.text
    without = read["gemeente/gm0164/index.html"].text
    assert "Van deze gemeente is nog geen hoofdstuk uit de jaarstukken gelezen." in without


def test_a_line_of_a_document_shows_what_was_read_from_it(read: dict[str, Read]) -> None:
    (path,) = [
        path for path in read if path.startswith("herkomst/000") and path.endswith("/401.html")
    ]
    assert "Realisatie, x € 1.000: 203.510" in read[path].text
    assert {"r422", "r428"} <= read[path].places


def test_a_code_that_was_read_from_a_line_is_told_in_dutch(read: dict[str, Read]) -> None:
    told = " ".join(page.text for path, page in read.items() if path.startswith("herkomst/"))
    assert "foutmarge niet vermeld" in told
    assert re.findall(r"\b(?:not_[a-z_]+|unknown|unchanged|ours|expenses|false)\b", told) == []


def resources(folder: Path) -> DuckDBResources:
    return DuckDBResources("1GB", 2, folder / "spill")


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_sites_of_one_release_and_one_predecessor_are_the_same_bytes(
    real_night: RealNight, site: Path, tmp_path: Path
) -> None:
    release = read_release(real_night.release)
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        make_site(release, release, tmp_path / name, resources(tmp_path))
        found.append(bytes_of(tmp_path / name))
    assert found[0] == found[1]
    shared = {path for path, sha256 in bytes_of(site).items() if found[0].get(path) == sha256}
    assert set(found[0]) - shared == {"wijzigingen.html"}


@pytest.fixture(scope="session")
def hostile_site(real_night: RealNight, made_once: MadeOnce) -> Path:
    """The site of a release whose every text about a programme is hostile, and one of nulls."""

    def fill(folder: Path) -> None:
        database = folder / "doelenboom.duckdb"
        shutil.copyfile(real_night.database, database)
        with duckdb.connect(str(database)) as connection:
            for table, columns in _texts(connection):
                for column in columns:
                    connection.execute(
                        f"update marts.{table} set {column} = ? where {column} is not null"
                        " and fiscal_year = 2018",
                        [HOSTILE],
                    )
            for table, columns in _nullable(connection):
                sets = ", ".join(f"{column} = null" for column in columns)
                connection.execute(f"update marts.{table} set {sets} where fiscal_year = 2013")
        (folder / "site").mkdir()
        release = replace(read_release(real_night.release), folder=folder)
        make_site(release, None, folder / "site", resources(folder))

    return made_once("hostile_site", fill) / "site"


ABOUT_PROGRAMMES = (
    *("programme_results", "goal_tree", "indicator_results", "variance_explanations"),
    *("action_points", "reconciliation", "programme_steps", "programme_questions"),
    *("programme_taakveld_bridge", "forecasts", "programme_finance"),
)
PROSE = re.compile(
    r"(programme_|municipality_|node_|indicator_|action_|step_)?(name|title|subject|reason|"
    r"explanation|question|portfolio_holder|document_status|unit|status_reason|product_name|"
    r"municipality_response)"
)
CODED = re.compile(
    r".*_code|node_id|fiscal_year|.*_no|waterfall|.*_kind|role|flow|node_type|"
    r"identity|phase|subject|status|verdict|margin_status|value_status|depth|"
    r"indicators_.*|line_item|stage|product_name|source_document|source_line"
)


Columns = list[tuple[str, list[str]]]


def _columns(connection: duckdb.DuckDBPyConnection, nullable: bool) -> Columns:
    return [
        (table, [str(name) for name, _, null, *_ in rows if null == "YES" or not nullable])
        for table in ABOUT_PROGRAMMES
        for rows in [connection.execute(f"describe marts.{table}").fetchall()]
    ]


def _texts(connection: duckdb.DuckDBPyConnection) -> Columns:
    return [
        (table, [name for name in names if PROSE.fullmatch(name)])
        for table, names in _columns(connection, nullable=False)
    ]


def _nullable(connection: duckdb.DuckDBPyConnection) -> Columns:
    return [
        (table, [name for name in names if not CODED.fullmatch(name)])
        for table, names in _columns(connection, nullable=True)
    ]


def test_hostile_names_are_shown_and_do_nothing(hostile_site: Path) -> None:
    for path in sorted(hostile_site.rglob("gm0153/2018/*.html")):
        html = path.read_text(encoding="utf-8")
        page = Read(html)
        assert "<script>alert" not in html and "alert(1)" in page.text, path
        ours = [load for load in page.loads if load.endswith(".js")]
        assert page.tags.count("script") == len(ours), path
        assert not [name for name in page.attributes if name.startswith("on")], path
    svg = (hostile_site / "gemeente/gm0153/2018/stappen-2.1.svg").read_text(encoding="utf-8")
    assert "<script" not in svg
    data = (hostile_site / "static/search-data.js").read_text(encoding="utf-8")
    assert "<" not in data and "\u202e" not in data


def test_what_is_missing_is_told_in_words(hostile_site: Path) -> None:
    text = Read(
        (hostile_site / "gemeente/gm0153/2013/programma-2.3.html").read_text(encoding="utf-8")
    ).text
    assert "niet gepubliceerd" in text
    assert "None" not in text.split()
