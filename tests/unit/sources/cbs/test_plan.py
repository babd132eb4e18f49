"""Tables are found by title and year, columns by title; what is not known stops the fetch."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from doelenboom.sources.cbs.catalog import FoundTable, find_tables
from doelenboom.sources.cbs.client import CbsClient
from doelenboom.sources.cbs.datasets import AREAS, CPI, DATASETS, IV3, KEY_FIGURES, RAW_TABLES
from doelenboom.sources.cbs.declaring import Dataset
from doelenboom.sources.cbs.faults import ContentError
from doelenboom.sources.cbs.plan import Part, code_parts, rows_part

NEW = ("k_1ePlaatsing_1", "1e plaatsing"), ("k_2ePlaatsing_2", "2e plaatsing")
OLD = ("k_1stePlaatsing_1", "1ste  plaatsing "), ("k_2dePlaatsing_2", "2de plaatsing")


@pytest.fixture
def client() -> CbsClient:
    return CbsClient("https://cbs.test")


def listed(identifier: str, title: str, modified: str = "2020-01-01T02:00:00") -> dict[str, Any]:
    return {"ID": 7, "Identifier": identifier, "Title": title, "Modified": modified}


def table(dataset: Dataset, year: int | None = None) -> FoundTable:
    return FoundTable(dataset, "45042NED", "a table", year, "2020-01-01T02:00:00")


def dimension(key: str, title: str = "", kind: str = "Dimension") -> dict[str, Any]:
    return {"odata.type": f"Cbs.OData.{kind}", "Type": kind, "Key": key, "Title": title or key}


def topic(key: str, title: str, parent: int | None = None) -> dict[str, Any]:
    return {"odata.type": "Cbs.OData.Topic", "Key": key, "Title": title, "ParentID": parent}


def iv3_properties(spelling: Sequence[tuple[str, str]] = NEW) -> list[dict[str, Any]]:
    names = ("TaakveldBalanspost", "Categorie", "Verslagsoort")
    return [
        *(dimension(name) for name in names),
        dimension("Gemeenten", kind="GeoDimension"),
        *(topic(*pair) for pair in spelling),
    ]


def filter_of(part: Part) -> str:
    return parse_qs(urlsplit(part.url).query)["$filter"][0]


def test_years_are_found_by_title_whatever_its_spaces() -> None:
    catalog = [
        listed("45050NED", "Gemeenten 2020 onbewerkte Iv3-data "),
        listed("45042NED", "Gemeenten 2018  onbewerkte Iv3-data"),
        listed("45031NED", "Gemeenten 2016 onbewerkte Iv3-data"),
        listed("45012NED", "Provincies 2013 onbewerkte Iv3-data"),
        listed("45099NED", "Gemeenten 2031 onbewerkte Iv3-data"),
    ]
    found = [(t.year, t.identifier) for t in find_tables(catalog, IV3)]
    assert found == [(2018, "45042NED"), (2020, "45050NED"), (2031, "45099NED")]


def test_two_tables_of_one_year_are_not_chosen_between() -> None:
    title = "Gemeenten 2018 onbewerkte Iv3-data"
    with pytest.raises(ContentError, match="45042NED and 45043NED as 'Gemeenten 2018"):
        find_tables([listed("45042NED", title), listed("45043NED", title)], IV3)


def test_an_identifier_that_is_none_is_refused() -> None:
    with pytest.raises(ContentError, match=r"identifier '\.\./x'"):
        find_tables([listed("../x", "Gemeenten 2018 onbewerkte Iv3-data")], IV3)


@pytest.mark.parametrize("spelling", [NEW, OLD])
def test_both_spellings_of_the_publications_are_one_column(
    client: CbsClient, spelling: Sequence[tuple[str, str]]
) -> None:
    (first, _), (second, _) = spelling
    part = rows_part(client, table(IV3, 2018), iv3_properties(spelling), {})
    assert part.columns[first] == "first_publication"
    assert part.columns[second] == "second_publication"
    assert filter_of(part) == (
        f"(({first} ne null and {first} ne 0) or ({second} ne null and {second} ne 0))"
    )
    assert "$inlinecount=allpages" in part.url
    assert part.count_url is not None
    assert "/TypedDataSet/$count?$filter=" in part.count_url


def test_codes_are_asked_of_each_dimension_by_its_key(client: CbsClient) -> None:
    parts = code_parts(client, table(IV3, 2018), iv3_properties())
    assert [part.name for part in parts] == [
        "iv3_taakvelden",
        "iv3_categories",
        "iv3_reports",
        "iv3_regions",
    ]
    assert parts[0].url.endswith("/odata/45042NED/TaakveldBalanspost?$format=json")


def test_an_unknown_dimension_or_column_of_iv3_stops_the_fetch(client: CbsClient) -> None:
    more = [*iv3_properties(), dimension("Valuta")]
    with pytest.raises(ContentError, match="unknown dimension Valuta"):
        code_parts(client, table(IV3, 2018), more)
    more = [*iv3_properties(), topic("k_3ePlaatsing_3", "3e plaatsing")]
    with pytest.raises(ContentError, match=r"unknown column k_3ePlaatsing_3 \(3e plaatsing\)"):
        rows_part(client, table(IV3, 2018), more, {})


def test_a_column_that_is_not_there_is_named_with_those_that_are(client: CbsClient) -> None:
    with pytest.raises(ContentError, match=r"has 0 columns titled '2.* it has 1e plaatsing"):
        rows_part(client, table(IV3, 2018), iv3_properties()[:-1], {})


def test_columns_of_the_same_title_are_told_apart_by_their_group(client: CbsClient) -> None:
    properties = [
        dimension("RegioS", "Regio's", "GeoDimension"),
        {"ID": 1, "odata.type": "Cbs.OData.TopicGroup", "Key": "", "Title": "COROP-gebieden"},
        topic("Code_6", "Code", 1),
        topic("Naam_7", "Naam", 1),
        {"ID": 2, "odata.type": "Cbs.OData.TopicGroup", "Key": "", "Title": "Provincies"},
        topic("Code_28", "Code", 2),
        topic("Naam_29", "Naam", 2),
    ]
    part = rows_part(client, table(AREAS, 2025), properties, {})
    assert part.columns["Code_28"] == "province_code"
    assert part.columns["Naam_29"] == "province_name"


@pytest.mark.parametrize("key", ["T001112  ", "T001112"])
def test_a_total_is_found_by_its_title_and_asked_with_its_padding(
    client: CbsClient, key: str
) -> None:
    properties = [
        dimension("Bestedingscategorieen", "Bestedingscategorieën"),
        dimension("Perioden", kind="TimeDimension"),
        topic("CPI_1", "CPI"),
        topic("JaarmutatieCPI_5", "Jaarmutatie CPI"),
    ]
    codes = [
        {"Key": "CPI001000", "Title": "011000 Voedingsmiddelen"},
        {"Key": key, "Title": "000000 Alle bestedingen"},
    ]
    part = rows_part(client, table(CPI), properties, {"cpi_categories": codes})
    assert filter_of(part) == "Bestedingscategorieen eq 'T001112  '"
    with pytest.raises(ContentError, match="has 0 codes of Bestedingscategorieen titled"):
        rows_part(client, table(CPI), properties, {"cpi_categories": codes[:1]})


def test_an_optional_column_may_lack(client: CbsClient) -> None:
    properties = [
        dimension("WijkenEnBuurten", "Wijken en buurten", "GeoDetail"),
        topic("SoortRegio_2", "Soort regio"),
        topic("AantalInwoners_5", "Aantal inwoners"),
    ]
    part = rows_part(client, table(KEY_FIGURES, 2020), properties, {})
    assert filter_of(part) == "startswith(WijkenEnBuurten,'GM')"
    assert set(part.columns.values()) == {"id", "region_code", "region_kind", "inhabitants"}


def test_each_dataset_fills_raw_tables_of_its_own() -> None:
    names = [name for dataset in DATASETS for name in dataset.raw_tables()]
    assert len(names) == len(set(names)) == len(RAW_TABLES)
    assert [dataset.name for dataset in DATASETS if dataset.name not in RAW_TABLES] == ["iv3"]
