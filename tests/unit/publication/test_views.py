"""A view with its storage is published, and read, as the table with its rows would be."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.content import TableContent, content_of
from doelenboom.publication.export.table_files import FileFormat, export_tables
from doelenboom.publication.lineage.diff import compare_releases
from doelenboom.publication.lineage.trace import trace_figure
from doelenboom.publication.manifest import Release, read_release
from doelenboom.publication.reading.reader import run_query
from doelenboom.publication.release import candidate
from doelenboom.publication.release.candidate import add_table, build_candidate
from doelenboom.serving.editions import Editions
from doelenboom.serving.filters import page
from doelenboom.serving.shapes import table_description
from doelenboom.storage.files import read_json
from doelenboom.storage.resources import DuckDBResources
from doelenboom.storage.tables import Table, read_tables
from tests.unit.publication.conftest import SHOWN, TABLE, VIEW, House

pytestmark = pytest.mark.slow

FIRST = datetime(2026, 1, 2, 1, 30, tzinfo=UTC)
SECOND = FIRST + timedelta(days=1)

ROWS = [("GM'2", 2018), ("GM0", 2018), ("GM1", 2017), ("GM1", 2018)]


@pytest.fixture
def viewing(house: House) -> House:
    house.execute(VIEW)
    house.build()
    return house


@pytest.fixture
def release(viewing: House) -> Release:
    return viewing.publish(FIRST)


def ask(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def names(database: Path) -> list[str]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return [table.name for table in read_tables(connection, database.stem)]


def test_a_view_has_the_content_of_a_table_with_its_rows(
    make_warehouse: Callable[[str], Path], tmp_path: Path, resources: DuckDBResources
) -> None:
    def built(sql: str) -> Any:
        return build_candidate(
            make_warehouse(f"create schema marts; {sql}"),
            tmp_path / "candidate.duckdb",
            leave_out=frozenset(),
            resources=resources,
        ).tables

    assert built(VIEW) == built(TABLE)
    assert built(VIEW)[0].key == ("municipality_code", "fiscal_year")
    assert built(VIEW)[0].rows == 4


def test_the_storage_is_copied_as_it_is_stored_and_is_no_mart(viewing: House) -> None:
    stored = "from marts.places_storage"
    assert ask(viewing.candidate, stored) == ask(viewing.warehouse, stored)
    shape = (
        "select table_name, column_name, data_type, is_nullable, comment from duckdb_columns()"
        " where schema_name = 'marts' and starts_with(table_name, 'places') order by all"
    )
    assert ask(viewing.candidate, shape) == ask(viewing.warehouse, shape)
    words = "select comment from duckdb_tables() where table_name = 'places_storage'"
    assert ask(viewing.candidate, words) == [("Opslag. What marts.places shows.",)]
    words = "select comment from duckdb_views() where view_name = 'places'"
    assert ask(viewing.candidate, words) == [("Plaatsen. One row per place and year.",)]
    assert names(viewing.candidate) == ["data_quality", "facts", "places", "spending"]
    assert [table.name for table in viewing.contents] == names(viewing.candidate)


@pytest.mark.parametrize("name", ["doelenboom", "warehouse", "x y"])
def test_the_view_reads_its_own_file_under_any_name(
    name: str, viewing: House, tmp_path: Path
) -> None:
    other = tmp_path / f"{name}.duckdb"
    viewing.warehouse.rename(tmp_path / "gone.duckdb")
    viewing.candidate.rename(other)
    query = "select municipality_code, fiscal_year from {}marts.places order by all"

    assert ask(other, query.format("")) == ROWS
    with duckdb.connect() as connection:
        connection.execute("create schema marts; create table marts.places_storage (other integer)")
        connection.execute(f"attach '{other}' as x (read_only)")
        assert connection.execute(query.format("x.")).fetchall() == ROWS
        connection.execute("use x")
        assert connection.execute(query.format("")).fetchall() == ROWS


def test_a_view_can_be_added_in_place_of_its_earlier_copy(viewing: House) -> None:
    assert viewing.built is not None
    viewing.execute("delete from marts.places_storage where amount = 3")
    again = add_table(viewing.warehouse, viewing.built, "places", viewing.resources)
    assert [(table.name, table.rows) for table in again.tables if table.name == "places"] == [
        ("places", 3)
    ]
    assert ask(viewing.candidate, "select count(*) from marts.places") == [(3,)]


def test_a_view_may_read_another_or_the_storage_of_another(viewing: House) -> None:
    assert viewing.built is not None
    viewing.execute(
        "create view marts.apart as select municipality_code, fiscal_year from marts.places"
        " where amount_keur is null;"
        "create view marts.years as select cast(municipality_code as varchar) as municipality_code,"
        " cast(fiscal_year as integer) as fiscal_year from marts.places_storage"
    )
    viewing.build()
    keys = {table.name: (table.key, table.rows) for table in viewing.contents}
    key = ("municipality_code", "fiscal_year")
    assert (keys["apart"], keys["years"]) == ((key, 1), (key, 4))
    viewing.warehouse.rename(viewing.warehouse.with_name("gone.duckdb"))
    assert ask(viewing.candidate, "from marts.apart") == [("GM'2", 2018)]


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("create view marts.v as select 1 as k", r"marts\.v is a view, and there is no table"),
        ("create table marts.v_storage (k integer not null)", r"no view marts\.v of it"),
        (
            "create table marts.v_storage (k integer not null);"
            "create table marts.w_storage (k integer not null);"
            "create view marts.v as from marts.v_storage union all from marts.w_storage",
            r"marts\.v is a view, and there is no table",
        ),
        (
            "create table marts.v_storage (k enum ('a') not null);"
            "create view marts.v as from marts.v_storage",
            r"marts\.v column k is ENUM\('a'\), expected VARCHAR",
        ),
        (
            "create table marts.v_storage (k integer, n integer not null);"
            "create view marts.v as from marts.v_storage",
            r"marts\.v has no key",
        ),
        (
            "create table marts.v_storage (k integer not null, n integer not null);"
            "create view marts.v as select n, k from marts.v_storage",
            r"marts\.v does not begin with k, n, the NOT NULL columns that its storage",
        ),
        (
            "create table marts.v_storage (k integer not null, l integer[]);"
            "create view marts.v as select k from marts.v_storage",
            r"marts\.v_storage column l is INTEGER\[\]",
        ),
        (
            "create table marts.v_storage (k integer not null);"
            "create view marts.v as select k from marts.v_storage join staging.hidden on x = k",
            r"The view marts\.v cannot read what is published alone: Catalog Error",
        ),
        (
            "create table marts.v_storage (k integer not null);"
            "insert into marts.v_storage values (1);"
            "create view marts.v as select k, error('off')::varchar as e from marts.v_storage",
            "cannot be made: Invalid Input Error: off",
        ),
    ],
)
def test_a_view_that_cannot_be_published_is_refused_in_a_sentence(
    sql: str, sentence: str, house: House
) -> None:
    house.execute(sql)
    with pytest.raises(RefusedError, match=sentence) as refused:
        house.build()
    assert "\n" not in str(refused.value)


def test_a_release_describes_a_view_as_a_table(release: Release, viewing: House) -> None:
    assert read_release(release.folder) == release
    parquet = sorted(path.name for path in (release.folder / "parquet").iterdir())
    assert parquet == [f"{name}.parquet" for name in names(release.database)]
    described = read_json(release.folder / "datapackage.json")
    (places,) = (each for each in described["resources"] if each["name"] == "places")
    assert len(described["resources"]) == 4
    assert places["title"] == "Plaatsen"
    assert places["schema"]["primaryKey"] == ["municipality_code", "fiscal_year"]
    assert places["schema"]["fields"][1] == {
        "name": "fiscal_year",
        "type": "integer",
        "title": "Jaar",
        "description": "The year.",
        "unit": "jaar",
        "constraints": {"required": True},
    }
    assert [field["type"] for field in places["schema"]["fields"]] == [
        *("string", "integer", "string", "number", "integer", "string")
    ]


def test_parquet_holds_the_rows_of_the_view_in_plain_types(release: Release) -> None:
    parquet = f"from '{release.folder}/parquet/places.parquet'"
    assert ask(release.database, parquet) == ask(release.database, "from marts.places")
    of_types = "select distinct column_type from (describe {}) order by all"
    assert ask(release.database, of_types.format(parquet)) == ask(
        release.database, of_types.format("marts.places")
    )


def test_export_and_query_take_a_view_and_no_storage(
    release: Release, tmp_path: Path, resources: DuckDBResources
) -> None:
    export_tables(release, ["places"], list(FileFormat), tmp_path / "out", resources=resources)
    csv = (tmp_path / "out" / "places.csv").read_text(encoding="utf-8").splitlines()
    assert csv[:2] == [
        "municipality_code,fiscal_year,unit,amount_keur,total,select",
        "GM'2,2018,euro,,70000,",
    ]
    assert len(csv) == 5
    with pytest.raises(RefusedError, match=r"no table marts\.places_storage"):
        export_tables(
            release, ["places_storage"], [FileFormat.csv], tmp_path / "out", resources=resources
        )
    asked = run_query(release.database, "from marts.places order by all", resources=resources)
    assert set(asked.types) == {"VARCHAR", "INTEGER", "DECIMAL(18,3)", "BIGINT"}
    stored = run_query(release.database, "from marts.places_storage", resources=resources)
    assert len(stored.rows) == len(asked.rows) == 4


def test_a_figure_of_a_view_is_traced_and_one_of_a_storage_is_not(
    viewing: House, tmp_path: Path
) -> None:
    viewing.execute(
        "create table marts.figure_derivations (table_name varchar not null, column_name varchar,"
        " derivation_no integer, input_no integer, applies_when varchar, operation varchar,"
        " formula varchar, description varchar, input_table varchar, input_column varchar,"
        " input_query varchar);"
        "create table marts.figure_provenance (table_name varchar not null, column_name varchar,"
        " row_key varchar, input_no integer, input_model varchar, input_column varchar,"
        " input_value varchar, seed_path varchar, seed_line integer, source_document varchar,"
        " source_lines varchar, source_sha256 varchar);"
        "insert into marts.figure_derivations values ('places', 'total', 1, 1, null, 'computed',"
        " '(select value * 10000 from input_1)', 'ten thousand times', 'places', 'amount_keur',"
        " 'select $amount_keur as value')"
    )
    viewing.build()
    published = viewing.publish(FIRST).database
    key = {"municipality_code": "GM1", "fiscal_year": "2018"}
    facts: dict[str, Any] = {
        "file_hashes": {},
        "data_dir": tmp_path,
        "resources": viewing.resources,
    }
    node = trace_figure(published, "places", "total", key, **facts)
    assert node.detail == (
        "70000  computed: ten thousand times (computed again from its inputs: equal)"
    )
    assert [child.detail for child in node.children] == ["7.000"]
    with pytest.raises(RefusedError, match=r"no table marts\.places_storage"):
        trace_figure(published, "places_storage", "total", key, **facts)


def test_a_table_that_became_a_view_differs_by_its_rows_alone(house: House) -> None:
    house.execute(TABLE)
    house.build()
    as_table = house.publish(FIRST)
    house.execute(f"drop table marts.places; drop type marts.code; {VIEW}")
    house.build()
    same = house.publish(SECOND)
    house.execute("update marts.places_storage set amount = 9 where fiscal_year = 2017")
    house.build()
    changed = house.publish(SECOND + timedelta(days=1))

    assert same.content_hash == as_table.content_hash
    resources = house.resources
    assert compare_releases(as_table, same, limit=9, resources=resources).tables == ()
    compared = compare_releases(as_table, changed, limit=9, resources=resources)
    assert [(table.table, table.changed) for table in compared.tables] == [("places", 1)]
    assert [(each.row_key, each.column, each.new) for each in compared.differences] == [
        ("municipality_code=GM1 fiscal_year=2017", "amount_keur", "9.000"),
        ("municipality_code=GM1 fiscal_year=2017", "select", "much AS it's"),
    ]


def test_serve_lists_a_view_with_its_key_and_filters_it(release: Release, viewing: House) -> None:
    editions = Editions(viewing.published, viewing.releases_dir, viewing.resources, 30)
    edition = asyncio.run(editions.named(release.release_id))
    assert edition is not None
    assert sorted(edition.tables) == ["data_quality", "facts", "places", "spending"]
    places = edition.tables["places"]
    assert table_description(edition, places).key == ["municipality_code", "fiscal_year"]
    filters = [("municipality_code", "eq.GM1")]
    selection = page(places, filters, "fiscal_year", "amount_keur", limit=10)
    by_key = page(places, filters, "fiscal_year", None, limit=1, offset=1)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{release.database}' as doelenboom (read_only)")
        rows = connection.execute(selection.sql, list(selection.values)).fetchall()
        second = connection.execute(by_key.sql, list(by_key.values)).fetchall()
    assert rows == [(2017,), (2018,)]
    assert second == [(2018,)]


def hashed_again(
    viewing: House, earlier: Release, monkeypatch: pytest.MonkeyPatch
) -> tuple[set[str], bool]:
    """Build a candidate beside an earlier release; say what was hashed, and if it is the same."""
    whole, hashed = viewing.build(), set()

    def recorded(connection: duckdb.DuckDBPyConnection, catalog: str, table: Table) -> TableContent:
        hashed.add(table.name)
        return content_of(connection, catalog, table)

    monkeypatch.setattr(candidate, "content_of", recorded)
    built = build_candidate(
        viewing.warehouse,
        viewing.candidate,
        leave_out=frozenset(),
        resources=viewing.resources,
        earlier=earlier,
    )
    return hashed, built.tables == whole.tables


@pytest.fixture
def sealed(viewing: House) -> Release:
    viewing.execute(f"create view marts.apart as {APART}")
    viewing.build()
    return viewing.seal(FIRST, versions={"duckdb": duckdb.__version__})


VIEWS = {"places", "apart"}
APART = "select municipality_code, fiscal_year from marts.places"


def test_views_that_an_earlier_release_has_are_not_hashed_again(
    viewing: House, sealed: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed, right = hashed_again(viewing, sealed, monkeypatch)
    assert right
    assert hashed == {content.name for content in sealed.tables} - VIEWS


@pytest.mark.parametrize(
    ("change", "views"),
    [
        ("update marts.places_storage set amount = amount + 1 where fiscal_year = 2017", VIEWS),
        ("delete from marts.places_storage where fiscal_year = 2017", VIEWS),
        (f"create or replace view marts.apart as {APART} where fiscal_year > 2017", {"apart"}),
        ("create or replace view marts.places as {shown} where fiscal_year > 2017", VIEWS),
    ],
)
def test_a_view_of_other_rows_or_another_definition_is_hashed(
    change: str,
    views: set[str],
    viewing: House,
    sealed: Release,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    viewing.execute(change.format(shown=SHOWN))
    hashed, right = hashed_again(viewing, sealed, monkeypatch)
    assert right
    assert hashed & VIEWS == views


def test_nothing_is_taken_from_another_duckdb_or_a_file_that_changed(
    viewing: House, sealed: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(sealed, versions={"duckdb": "1.0.0"})
    assert hashed_again(viewing, other, monkeypatch)[0] >= VIEWS
    sealed.database.chmod(0o644)
    sealed.database.write_bytes(b"no database")
    assert hashed_again(viewing, sealed, monkeypatch)[0] >= VIEWS
