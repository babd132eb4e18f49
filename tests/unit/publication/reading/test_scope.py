"""The lines after a run say of whom and of when figures are in."""

from pathlib import Path

import duckdb

from doelenboom.publication.reading.scope import scope_lines
from doelenboom.storage.resources import DuckDBResources


def test_municipalities_years_and_programmes_that_are_in_are_told(
    tmp_path: Path, resources: DuckDBResources
) -> None:
    path = tmp_path / "doelenboom.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """
            create schema marts;
            create table marts.programme_results as
                select 'Enschede' as municipality_name, 2018 as fiscal_year,
                    '2.1' as programme_code;
            create table marts.coverage as
                select 'iv3' as dataset, code as municipality_code, year as fiscal_year, report,
                    'total' as level, status
                from (values
                    ('GM0001', 2017, 'accounts', 'complete'),
                    ('GM0002', 2018, 'accounts', 'complete'),
                    ('GM0003', 2019, 'accounts', 'absent'),
                    ('GM0001', 2026, 'budget', 'complete')
                ) as rows (code, year, report, status);
            """
        )
    first, second = scope_lines(path, resources=resources)
    assert first == (
        "Spending (Iv3): accounts 2017-2018 of 2 municipalities, budgets 2026-2026 of 1"
        " municipalities; programmes of annual accounts: Enschede 2018 programme 2.1"
    )
    assert second.startswith("Ask for yours: doelenboom ask ")
