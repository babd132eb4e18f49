"""The bundled CBS facts are those of the sources, read again by other means."""

import duckdb
import pytest

from doelenboom.settings import PROJECT_DIR

SHARED = PROJECT_DIR.parent / "shared" / "data"
SEEDS = PROJECT_DIR / "seeds"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the project"),
]


def rows(sql: str) -> list[tuple[object, ...]]:
    places = {
        "AMOUNTS": SEEDS / "benchmarks/iv3_amounts.csv",
        "TOTALS": SEEDS / "benchmarks/iv3_totals.csv",
        "POPULATION": SEEDS / "benchmarks/population.csv",
        "INDEX": SEEDS / "benchmarks/price_index.csv",
        "TAAKVELDEN": SEEDS / "reference/taakvelden.csv",
        "S_PER_TAAKVELD": SHARED / "iv3/iv3_lasten_per_taakveld_2017_2026.csv.gz",
        "S_BZK": SHARED / "iv3/bzk_iv3_baten_lasten_taakveld_2023_jaarrekening.csv.gz",
        "S_TOTALS": SHARED / "iv3/iv3_totalen_per_gemeente_2017_2026.csv",
        "S_INHABITANTS": SHARED / "bevolking/inwoners_per_gemeente_2017_2026.csv",
        "S_CPI": SHARED / "prijsindex/cpi_83131NED_jaargemiddelde.csv",
        "S_NAMES": SHARED / "iv3/iv3_taakvelden_per_indeling.csv",
        "S_TWENTE": SHARED / "regio/twente_14_gemeenten.csv",
    }
    for name in sorted(places, key=len, reverse=True):
        source = f"read_csv('{places[name]}', all_varchar = true)"
        sql = sql.replace(f"<{name}>", source)
    return duckdb.execute(sql).fetchall()


def test_amounts_equal_the_source_of_each_municipality_and_year() -> None:
    assert (
        rows(
            """
            with ours as (
                select municipality_code, fiscal_year,
                    regexp_replace(taakveld_code, '[a-z]$', '') as code,
                    sum(expenses_keur::decimal(18, 3)) as keur, any_value(value_status) as status
                from <AMOUNTS> group by all
            ),
            theirs as (
                select gm_code, jaar, taakveld, lasten_keur::decimal(18, 3) as keur
                from <S_PER_TAAKVELD>
                where verslagsoort like '%X005' and regexp_matches(taakveld, '^[67]')
                    and jaar::integer between 2017 and 2024
                    and gm_code in (select municipality_code from ours)
            )
            select * from ours
            full join theirs on municipality_code = gm_code and fiscal_year = jaar
                and code = taakveld
            where if(status = 'not_reported', 0, ours.keur) is distinct from theirs.keur
                and not (ours.keur is null and theirs.keur = 0 and fiscal_year is null)
            """
        )
        == []
    )


def test_revenue_of_2023_equals_the_second_source() -> None:
    (ours,) = rows(
        "select sum(revenue_keur::decimal(18, 3)), count(*) from <AMOUNTS>"
        " where fiscal_year = '2023' and municipality_code = 'GM0153'"
    )
    (theirs,) = duckdb.execute(
        f"select sum(Baten::decimal(18, 3)), count(*) from read_csv('{SHARED}/iv3/"
        "bzk_iv3_baten_lasten_taakveld_2023_jaarrekening.csv.gz', delim = ';',"
        " all_varchar = true) where Gemeenten = 'Enschede' and Taakveld ~ '^[67].*'"
    ).fetchall()
    assert ours == theirs


def test_silent_municipalities_are_those_without_any_amount() -> None:
    silent = "select municipality_code, fiscal_year from <TOTALS> where value_status != 'reported'"
    assert rows(f"{silent} order by all") == [
        ("GM0141", "2022"),
        ("GM0505", "2022"),
        ("GM1700", "2022"),
        ("GM1735", "2020"),
    ]
    assert (
        rows(
            """
            select * from <TOTALS> join <S_TOTALS>
                on municipality_code = gm_code and fiscal_year = jaar
                and verslagsoort = cbs_period
            where coalesce(expenses_keur::double, 0) != lasten::double
                or coalesce(revenue_keur::double, 0) != baten::double
            """
        )
        == []
    )


def test_population_and_index_equal_the_source() -> None:
    differing = """
        select * from <POPULATION> as ours join <S_INHABITANTS> as theirs
            on municipality_code = gm_code and left(reference_date, 4) = jaar
        where inhabitants != aantal_inwoners
    """
    assert rows(differing) == []
    twente = """
        select sum(inhabitants::integer), count(*) from <POPULATION>
        where reference_date = '2018-01-01'
            and municipality_code in (select twente.gm_code from <S_TWENTE> as twente)
    """
    assert rows(twente) == [(627848, 14)]
    index = """
        select * from <INDEX> as ours full join <S_CPI> as theirs on year = jaar
        where price_index::double is distinct from cpi_2015_100::double
    """
    assert rows(index) == []


def test_all_of_a_hundred_thousand_inhabitants_are_there() -> None:
    large = """
        select distinct gm_code from <S_INHABITANTS>
        where aantal_inwoners::integer >= 100000 and jaar::integer between 2017 and 2024
            and gm_code not in (select municipality_code from <AMOUNTS>)
    """
    assert rows(large) == []
    assert rows("select count(distinct municipality_code) from <AMOUNTS>") == [(45,)]


def test_each_taakveld_has_its_name_and_one_cluster_that_runs_over_the_breaks() -> None:
    names = """
        select * from <TAAKVELDEN> full join <S_NAMES>
            on taakveld_code = taakveld and valid_from_year = geldig_van
        where taakveld_name is distinct from naam
            -- The headings of 2023, which the list gives by their parts alone.
            and coalesce(taakveld_code, '') not in ('6.73', '6.74')
    """
    assert rows(names) == []
    clusters = """
        select cluster_code, count(distinct valid_from_year) from <TAAKVELDEN>
        where cluster_code is not null group by 1 having count(distinct valid_from_year) != 3
    """
    assert rows(clusters) == []
    without = "select distinct taakveld_code from <TAAKVELDEN> where cluster_code is null"
    assert sorted(rows(without)) == [("0.10",), ("0.11",)]
