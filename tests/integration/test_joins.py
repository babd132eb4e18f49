"""Money is never multiplied: every table with one row per code joins without a row more."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pytest

from doelenboom.publication.manifest import read_release
from doelenboom.storage.resources import sql_name
from doelenboom.storage.tables import read_tables
from tests.conftest import RealNight

CODE = "_code"
SAME_CODE = {"dim_indicator": {"measure_code"}}
"""Codes of another name that a dimension describes too."""

WITHOUT_NAME = {
    ("iv3_cells", "municipality_code"): "millions of rows: join dim_municipality_current",
    ("iv3_cells", "taakveld_code"): "millions of rows: join dim_taakveld_current",
    ("source_facts", "municipality_code"): "a fact as its source has it",
    ("source_facts", "subject_code"): "a fact as its source has it",
    ("action_points", "action_code"): "its name is its title",
    ("dim_indicator", "subject_code"): "a code of several kinds, told in indicator_name",
    ("corrections", "correction_code"): "its reason stands beside it",
    ("comparison_scales", "measure_code"): "for drawing: municipality_comparison names it",
    ("comparison_scales", "peer_group_code"): "for drawing: join dim_peer_group",
    ("map_classes", "measure_code"): "for drawing: municipality_comparison names it",
    ("measure_breaks", "measure_code"): "for drawing: municipality_comparison names it",
    ("programme_questions", "question_code"): "the question stands beside it",
    ("financial_ratios", "class_code"): "a letter, which is its name",
    **{
        (table, "peer_group_code"): "the class of size: join dim_peer_group"
        for table in (
            "financial_position",
            "fund_allocation",
            "intergovernmental_flows",
            "local_levies",
            "overhead",
            "staff_and_hire",
            "state_grants",
        )
    },
}
"""Codes without a name beside them, and why."""


@dataclass(frozen=True)
class Marts:
    """A published database, with the columns and the key of each table."""

    connection: duckdb.DuckDBPyConnection
    columns: dict[str, list[str]]
    keys: dict[str, tuple[str, ...]]

    def dimensions(self) -> dict[str, str]:
        """Tables with one row per code, with that code."""
        return {
            table: key[0]
            for table, key in self.keys.items()
            if len(key) == 1 and key[0].endswith(CODE)
        }


@pytest.fixture(scope="module")
def marts(real_night: RealNight) -> Iterator[Marts]:
    release = read_release(real_night.release)
    with duckdb.connect(str(real_night.database), read_only=True) as connection:
        catalog = connection.execute("select current_database()").fetchone()
        assert catalog
        tables = {table.name: table for table in read_tables(connection, catalog[0])}
        yield Marts(
            connection,
            {name: [column.name for column in table.columns] for name, table in tables.items()},
            {table.name: tuple(table.key) for table in release.tables},
        )


def test_the_tables_with_one_row_per_code_are_those_that_are_told_of(marts: Marts) -> None:
    assert marts.dimensions() == {
        "dim_indicator": "indicator_code",
        "dim_municipality_current": "municipality_code",
        "dim_peer_group": "peer_group_code",
        "dim_taakveld_current": "taakveld_code",
    }


def test_no_join_on_a_code_multiplies_a_row(marts: Marts) -> None:
    joined = 0
    for dimension, code in marts.dimensions().items():
        for table, columns in marts.columns.items():
            for column in {code, *SAME_CODE.get(dimension, ())}.intersection(columns):
                once, after = (
                    marts.connection.execute(
                        f"select count(*) from marts.{sql_name(table)} {join}"
                    ).fetchall()
                    for join in (
                        "",
                        f"as f left join marts.{dimension} as d on f.{column} = d.{code}",
                    )
                )
                assert once == after, (table, dimension)
                joined += 1
    assert joined > 30


def test_spending_joined_to_its_dimensions_adds_up_to_the_same(marts: Marts) -> None:
    joins = (
        "join marts.dim_taakveld_current using (taakveld_code)"
        " join marts.dim_municipality_current using (municipality_code)"
    )
    for table in ("taakveld_spending", "taakveld_spending_current"):
        alone, joined = (
            marts.connection.execute(
                f"select fiscal_year, sum(expenses_keur), sum(revenue_keur), sum(net_cost_keur)"
                f" from marts.{table} {join} group by all order by all"
            ).fetchall()
            for join in ("", joins)
        )
        assert alone == joined
        assert alone


def test_every_code_has_its_name_beside_it(marts: Marts) -> None:
    nameless = {
        (table, column)
        for table, columns in marts.columns.items()
        for column in columns
        if column.endswith(CODE) and column.removesuffix(CODE) + "_name" not in columns
    }
    assert nameless == set(WITHOUT_NAME)


@pytest.mark.parametrize("dimension", ["dim_indicator", "dim_peer_group"])
def test_a_name_selects_one_code(marts: Marts, dimension: str) -> None:
    name = dimension.removeprefix("dim_") + "_name"
    twice = marts.connection.execute(
        f"select {name} from marts.{dimension} group by all having count(*) > 1"
    ).fetchall()
    assert twice == []


def test_what_is_known_within_a_sum_is_counted_once(marts: Marts) -> None:
    found = marts.connection.execute(
        "select fiscal_year, sum(expenses_keur), count(*) filter (where known_within is not null)"
        " from marts.taakveld_spending"
        " where municipality_name = 'Enschede' and main_taakveld_name = 'Sociaal domein'"
        " and fiscal_year >= 2023 group by all order by all"
    ).fetchall()
    assert [(year, int(keur), parts) for year, keur, parts in found] == [
        (2023, 453929, 0),
        (2024, 486863, 18),
    ]


def test_the_rows_of_a_delivery_and_what_they_lack_add_up_to_its_total(marts: Marts) -> None:
    off = marts.connection.execute(
        "select * from marts.iv3_deliveries as d left join ("
        "  select municipality_code, fiscal_year, report, sum(expenses_keur) as expenses_keur"
        "  from marts.taakveld_spending where taakveld_code not in ('0.10', '0.11') group by all"
        ") as s using (municipality_code, fiscal_year, report)"
        " where is_delivered and d.expenses_keur is distinct from"
        " s.expenses_keur + d.expenses_unsplit_keur"
    ).fetchall()
    assert off == []
