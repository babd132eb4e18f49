"""A release of a small house, with the words and dirt that a workbook has to stand."""

from datetime import UTC, datetime

import pytest

from doelenboom.publication.manifest import Release
from tests.unit.publication.conftest import House

FIRST = datetime(2026, 1, 2, 1, 30, tzinfo=UTC)

CODED = """
create table marts.forecasts (
    stage varchar primary key,
    budget_basis varchar,
    source_document varchar,
    is_final boolean,
    on_day date
);
comment on table marts.forecasts is 'Prognoses & meer. One row per forecast.';
comment on column marts.forecasts.budget_basis is 'Grondslag. What it was held against.';
comment on column marts.forecasts.is_final is 'Definitief. Whether it is.';
insert into marts.forecasts values
    ('a', 'final_budget', 'a.txt', true, date '2018-12-31'),
    ('b', 'not_stated', 'https://b', false, null),
    ('c', 'unheard', 'elsewhere', null, null),
    ('d', null, null, true, date '2019-01-01');
create table marts.documents (
    source_document varchar primary key, title varchar, publisher varchar, address varchar,
    document_type varchar, fiscal_year integer
);
insert into marts.documents values
    ('a.txt', '2.1 Zorg', 'Gemeente A', 'https://a', 'jaarstukken', 2018),
    ('https://b', null, 'b.nl', 'https://b', 'begroting', null);
create table marts.indicator_results (
    indicator_code varchar primary key, verdict varchar, verdict_label varchar, hedge varchar
);
insert into marts.indicator_results values ('own_1', 'missed', 'onder streefwaarde', 'ruim');
create table marts.code_lists (
    list_name varchar, code varchar, label_nl varchar, code_no integer, used_in varchar,
    primary key (list_name, code)
);
insert into marts.code_lists values
    ('budget_basis', 'final_budget', 'begroting na wijziging', 1, 'forecasts.budget_basis'),
    ('budget_basis', 'not_stated', 'begroting niet vermeld', 2, 'forecasts.budget_basis'),
    ('verdict', 'missed', 'niet gehaald', 1, 'indicator_results.verdict'),
    ('hedge', 'ruim', 'ruim', 1, 'indicator_results.hedge'),
    ('value_status', 'reported', 'aangeleverd', 1, null);
create table marts.counted (n integer primary key, amount decimal(18,3), note varchar);
insert into marts.counted select i, i * 1.5, 'rij ' || i from range(150001) as t (i);
"""


@pytest.fixture
def coded(house: House) -> Release:
    """Make a release with codes, documents, and a table of 150,001 rows."""
    house.execute(CODED)
    house.build()
    return house.publish(FIRST)
