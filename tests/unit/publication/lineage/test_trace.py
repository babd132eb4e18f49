"""The way of a figure: every step named, a null explained, a page verified, nothing guessed."""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.lineage.trace import Extent, trace_figure
from doelenboom.publication.lineage.trace_node import TraceNode
from doelenboom.storage.resources import DuckDBResources

SEED = "seeds/accounts/programme_finance.csv"
BODY = b'{"value": []}'
PAGE = "landing/cbs/iv3/T/D/cells-0001.json.zst"
HASHES = {SEED: "ab" * 32, "seeds/benchmarks/people.parquet": "ef" * 32}

MARTS = f"""
    create schema marts;
    create table marts.results as select * from (values
        ('GM0153', 2018, 198542.000, null, 'not_published', 'De bron toont geen regels'),
        ('GM0153', 2013, 56168.000, 11724.000, 'reported', null)
    ) as row (code, year, actual_keur, gross_keur, value_status, status_reason);
    create table marts.figure_provenance as select
        'results' as table_name,
        'code=GM0153 year=2018' as row_key,
        'actual_keur' as column_name, 1 as input_no,
        'stg_accounts__programme_finance' as input_model,
        'actual_keur' as input_column, '198542.000' as input_value,
        '{SEED}' as seed_path, 34 as seed_line,
        'chapter.txt' as source_document, '428' as source_lines, 'cd' as source_sha256;
    create table marts.documents as select
        'chapter.txt' as source_document, cast(null as varchar) as page_lines;
    insert into marts.documents values ('chapter.pdf', '1|49|97');
    insert into marts.figure_provenance
        select
            table_name, 'code=GM0153 year=2013' as row_key, * exclude (table_name, row_key)
            replace ('chapter.pdf' as source_document, '50, 428' as source_lines)
        from marts.figure_provenance;
    create table marts.cells as select
        'GM0153' as code, 'L' || category as category,
        cast(category * 10 as decimal(18, 3)) as keur,
        'T' as source_table, 'D' as source_delivery, 'cells-0001.json.zst' as source_page,
        cast(category as integer) as source_line
    from range(1, 15) as categories (category);
    create table marts.facts as select
        'seeds/benchmarks/people.parquet:60' as source, 'GM0153' as code, 1000 as value,
        'seeds/benchmarks/people.parquet' as source_path, 60 as source_line,
        cast(null as varchar) as source_page, 'CBS, 1 januari 2018' as source_document;
    create table marts.source_pages as select
        'T' as source_table, 'D' as source_delivery, 'cells-0001.json.zst' as source_page,
        '{PAGE}' as landing_path, '{hashlib.sha256(BODY).hexdigest()}' as sha256,
        'https://cbs.test/T' as url, '2026-11-24T12:00:00Z' as fetched_at,
        '2020-01-01' as modified, 'Gemeenten 2018' as title;
    create table marts.spending as select
        'GM0153' as code, 1050.000::decimal(18, 3) as keur, 1000 as people,
        1050.00::decimal(18, 2) as eur, 2.00::decimal(18, 2) as off, 'x' as name,
        'L3' as category;
    create table marts.peers as select
        'GM0' || number as code, number::decimal(18, 2) as eur,
        cast(null as decimal(18, 2)) as missing
    from range(100, 103) as numbers (number);
    create table marts.figure_derivations as select * from (values
        ('spending', 'keur', 1, 1, null, 'sum', 'select sum(value) from input_1', 'Alle cellen.',
            'cells', 'keur',
            'select code, category, keur as value from marts.cells where code = $code
                order by source_line'),
        ('spending', 'people', 1, 1, null, 'copied', 'select value from input_1', 'Inwoners.',
            'facts', 'value', 'select source, value from marts.facts where code = $code'),
        ('spending', 'eur', 1, 1, '$keur is null', 'copied', 'select 0', 'Niet deze.',
            'spending', 'keur', 'select $keur as value'),
        ('spending', 'eur', 2, 1, '$keur is not null', 'ratio',
            'select input_1.value * 1000 / input_2.value from input_1, input_2', 'Per inwoner.',
            'spending', 'keur', 'select $keur as value'),
        ('spending', 'eur', 2, 2, '$keur is not null', 'ratio',
            'select input_1.value * 1000 / input_2.value from input_1, input_2', 'Per inwoner.',
            'spending', 'people', 'select $people as value'),
        ('spending', 'off', 1, 1, null, 'copied', 'select 3', 'Fout.',
            'spending', 'keur', 'select $keur as value'),
        ('facts', 'value', 1, 0, null, 'read from a file', null, 'De regel.', null, null, null),
        ('cells', 'keur', 1, 0, null, 'read from a page', null, 'De cel.', null, null, null),
        ('peers', 'eur', 1, 0, null, 'judged by a rule', null,
            'Zie seeds/benchmarks/people.parquet.', null, null, null),
        ('peers', 'missing', 1, 1, null, 'median', 'select null', 'Null bij te weinig.',
            'spending', 'eur', 'select code, eur as value from marts.spending where false')
    ) as derivations (
        table_name, column_name, derivation_no, input_no, applies_when, operation, formula,
        description, input_table, input_column, input_query
    )
"""

YEAR_2018 = {"code": "GM0153", "year": "2018"}
ENSCHEDE = {"code": "GM0153"}


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("traced") / "made.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(MARTS)
    return path


@pytest.fixture
def database(traced: Path, tmp_path: Path) -> Path:
    return shutil.copyfile(traced, tmp_path / "published.duckdb")


def trace(
    database: Path,
    table: str,
    column: str,
    key: Mapping[str, str],
    extent: Extent | None = None,
) -> TraceNode:
    return trace_figure(
        database,
        table,
        column,
        key,
        file_hashes=HASHES,
        data_dir=database.parent,
        resources=DuckDBResources("1GB", 1, database.parent / "spill"),
        extent=extent,
    )


def land(database: Path, body: bytes = BODY) -> None:
    path = database.parent / PAGE
    path.parent.mkdir(parents=True)
    path.write_bytes(pa.Codec("zstd").compress(body, asbytes=True))


def test_a_figure_leads_from_mart_to_document_with_hashes(database: Path) -> None:
    figure = trace(database, "results", "actual_keur", YEAR_2018)
    assert (figure.label, figure.detail) == ("marts.results.actual_keur", "198542.000")
    (staging,) = figure.children
    assert staging.label == "staging.stg_accounts__programme_finance.actual_keur"
    (file,) = staging.children
    assert (file.label, file.detail) == (SEED, f"line 34, sha256 {'ab' * 32}")
    (document,) = file.children
    assert (document.label, document.detail) == ("chapter.txt", "line 428, sha256 cd")


def test_a_figure_of_a_pdf_leads_to_its_page(database: Path) -> None:
    figure = trace(database, "results", "actual_keur", {"code": "GM0153", "year": "2013"})
    (document,) = figure.children[0].children[0].children
    told = "lines 50, 428 (page 2, line 2; page 3, line 332), sha256 cd"
    assert (document.label, document.detail) == ("chapter.pdf", told)


def test_a_missing_figure_tells_why_it_is_missing(database: Path) -> None:
    figure = trace(database, "results", "gross_keur", YEAR_2018)
    assert figure.detail == "null: not_published: De bron toont geen regels"
    assert figure.children == ()
    of_few = trace(database, "peers", "missing", {"code": "GM0100"})
    told = "null  median: Null bij te weinig. (computed again from its inputs: equal)"
    assert (of_few.detail, of_few.children) == (told, ())


def test_a_figure_per_head_leads_to_its_amount_and_its_people_and_on(database: Path) -> None:
    figure = trace(database, "spending", "eur", ENSCHEDE)
    assert figure.detail == ("1050.00  ratio: Per inwoner. (computed again from its inputs: equal)")
    amount, people = figure.children
    assert (amount.label, amount.detail) == ("marts.spending.keur", "1050.000")
    assert amount.children[0].detail == "14 figures"
    (fact,) = people.children
    assert fact.detail == "source=seeds/benchmarks/people.parquet:60  1000"
    (file,) = fact.children
    assert (file.label, file.detail) == (
        "seeds/benchmarks/people.parquet",
        f"row 60, sha256 {'ef' * 32}",
    )
    assert file.children[0].label == "CBS, 1 januari 2018"


def test_of_a_long_list_the_first_are_shown_and_a_query_for_the_others(database: Path) -> None:
    (cells,) = trace(database, "spending", "keur", ENSCHEDE).children
    assert len(cells.children) == 11
    assert (cells.children[0].label, cells.children[0].detail) == ("category=L1", "10.000")
    more = cells.children[-1]
    assert more.label == "... and 4 more"
    query = more.detail.removeprefix("--all lists them, or: ")
    with duckdb.connect(str(database), read_only=True) as connection:
        assert len(connection.execute(query).fetchall()) == 14
    (whole,) = trace(database, "spending", "keur", ENSCHEDE, Extent(all_inputs=True)).children
    assert [child.label for child in whole.children] == [f"category=L{n}" for n in range(1, 15)]


def test_depth_says_how_far_inputs_are_followed(database: Path) -> None:
    amount, people = trace(database, "spending", "eur", ENSCHEDE, Extent(depth=1)).children
    assert (amount.children, people.children) == ((), ())


def test_a_cell_leads_to_its_page_and_the_page_is_verified(database: Path) -> None:
    gone = trace(database, "cells", "keur", {"category": "L7"}).children[0]
    sha256 = hashlib.sha256(BODY).hexdigest()
    assert (gone.label, gone.detail) == (PAGE, f"row 7, sha256 {sha256}, page no longer here")
    assert (gone.children[0].label, gone.children[0].detail) == (
        "https://cbs.test/T",
        "fetched 2026-11-24T12:00:00Z, table T of 2020-01-01 (Gemeenten 2018)",
    )
    land(database)
    assert (
        trace(database, "cells", "keur", {"category": "L7"})
        .children[0]
        .detail.endswith("page verified")
    )


@pytest.mark.parametrize("spoilt", [b"other", None])
def test_a_page_that_is_not_what_was_read_is_said(database: Path, spoilt: bytes | None) -> None:
    land(database, spoilt or BODY)
    if spoilt is None:
        (database.parent / PAGE).write_bytes(b"no zstd")
    (page,) = trace(database, "cells", "keur", {"category": "L7"}).children
    assert page.detail.endswith("page damaged" if spoilt is None else "page differs")


def test_a_figure_that_its_inputs_do_not_give_is_said(database: Path) -> None:
    figure = trace(database, "spending", "off", ENSCHEDE)
    assert figure.detail.endswith("(computed again from its inputs: differs, 3.00)")


def test_a_judgement_leads_to_the_reviewed_file_that_it_names(database: Path) -> None:
    (file,) = trace(database, "peers", "eur", {"code": "GM0100"}).children
    assert (file.label, file.detail) == ("seeds/benchmarks/people.parquet", f"sha256 {'ef' * 32}")


@pytest.mark.parametrize(
    ("table", "column", "key", "sentence"),
    [
        (
            "nothing",
            "actual_keur",
            YEAR_2018,
            "there is no table marts.nothing; the nearest: spending: `doelenboom tables` lists all",
        ),
        ("results", "nothing", YEAR_2018, "marts.results has no column nothing"),
        ("results", "actual_keur", {"month": "8"}, "marts.results has no column month"),
        (
            "results",
            "actual_keur",
            ENSCHEDE,
            "marts.results: more than one row has code=GM0153",
        ),
        (
            "results",
            "actual_keur",
            {"year": "2018' or '1'='1"},
            "marts.results: no row has year=2018' or '1'='1, expected exactly one",
        ),
        (
            "spending",
            "name",
            ENSCHEDE,
            "marts.spending.name is no figure with a recorded source",
        ),
    ],
)
def test_what_cannot_be_traced_is_told_in_one_sentence(
    database: Path, table: str, column: str, key: dict[str, str], sentence: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        trace(database, table, column, key)
    assert str(refused.value) == sentence


def test_before_the_first_run_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="run `doelenboom run` first"):
        trace(tmp_path / "published.duckdb", "results", "actual_keur", YEAR_2018)


@pytest.mark.parametrize(
    "query",
    [
        "copy (select 1) to '{target}'",
        "select * from read_text('{target}')",
        "attach '{target}' as mine",
    ],
)
def test_what_a_published_file_says_to_run_reaches_no_other_file(
    database: Path, tmp_path: Path, query: str
) -> None:
    """A file from elsewhere is data, its queries too."""
    target = tmp_path / "mine"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "update marts.figure_derivations set input_query = ? where table_name = 'spending'",
            [query.format(target=target)],
        )
    with pytest.raises(RefusedError, match="cannot be read: Permission Error"):
        trace(database, "spending", "off", ENSCHEDE)
    assert not target.exists()
