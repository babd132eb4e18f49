"""The bundled CBS facts are those of the sources, read again by other means."""

from collections import defaultdict
from datetime import date
from random import Random
from typing import Any

import duckdb
import pytest

from doelenboom.settings import PROJECT_DIR
from tests.integration.comparison_by_numpy import NAMES_OF_ANOTHER, OF_ANOTHER

SHARED = PROJECT_DIR.parent / "shared" / "data"
SEEDS = PROJECT_DIR / "seeds"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the project"),
]


PLACES = {
    "AMOUNTS": SEEDS / "benchmarks/iv3_amounts.parquet",
    "TOTALS": SEEDS / "benchmarks/iv3_totals.parquet",
    "CATEGORIES": SEEDS / "benchmarks/iv3_main_categories.parquet",
    "BALANCE": SEEDS / "benchmarks/iv3_balance.parquet",
    "POPULATION": SEEDS / "benchmarks/population.parquet",
    "FEATURES": SEEDS / "benchmarks/structural_features.parquet",
    "RATIOS": SEEDS / "benchmarks/financial_ratios.parquet",
    "YOUNG": SEEDS / "benchmarks/population_aged_0_17.parquet",
    "INDEX": SEEDS / "benchmarks/price_index.csv",
    "TAAKVELDEN": SEEDS / "reference/taakvelden.csv",
    "MUNICIPALITIES": SEEDS / "reference/municipalities.csv",
    "S_PER_TAAKVELD": SHARED / "iv3/iv3_lasten_per_taakveld_2017_2026.csv.gz",
    "S_CATEGORIES": SHARED / "iv3/iv3_lasten_per_hoofdtaakveld_hoofdcategorie_2017_2026.csv.gz",
    "S_BALANCE": SHARED / "iv3/iv3_balansposten_jaarrekening_2017_2024.csv.gz",
    "S_BZK": SHARED / "iv3/bzk_iv3_baten_lasten_taakveld_*.csv.gz",
    "S_TOTALS": SHARED / "iv3/iv3_totalen_per_gemeente_2017_2026.csv",
    "S_INHABITANTS": SHARED / "bevolking/inwoners_per_gemeente_2017_2026.csv",
    "S_STRUCTURE": SHARED / "bevolking/kwb2020_84799NED_gemeenten_en_land.csv",
    "S_RATIOS": SHARED / "kengetallen/financiele_kengetallen_begroting_2020_2025.csv.gz",
    "S_VOLUMES": SHARED / "gemeentefonds/GF_M2023_2024_volumina.csv.gz",
    "S_CPI": SHARED / "prijsindex/cpi_83131NED_jaargemiddelde.csv",
    "S_NAMES": SHARED / "iv3/iv3_taakvelden_per_indeling.csv",
    "S_MUNICIPALITIES": SHARED / "regio/gemeenten_per_jaar_2010_2026.csv",
    "S_TWENTE": SHARED / "regio/twente_14_gemeenten.csv",
}
OPTIONS = {"S_BZK": ", delim = ';', filename = true", "S_VOLUMES": ", delim = '\t'"}
HOLDS_ANOTHER = {
    **dict.fromkeys(
        ("S_PER_TAAKVELD", "S_CATEGORIES", "S_TOTALS"),
        f"(gm_code, verslagsoort) in {tuple(sorted(OF_ANOTHER))}",
    ),
    "S_BALANCE": "(gemeente, jaar || 'X005') in "
    + str(
        tuple(
            (NAMES_OF_ANOTHER[code], period)
            for code, period in sorted(OF_ANOTHER)
            if code in NAMES_OF_ANOTHER
        )
    ),
}
"""Rows that hold the figures of another municipality or year (`iv3_faults`): nobody takes them."""
OTHER_RATIOS = {
    "2020": (
        *("Aalten", "Altena", "Amersfoort", "Beuningen", "Bodegraven-Reeuwijk", "Maasdriel"),
        *("Molenlanden", "Nieuwegein", "Noardeast-Fryslân", "Rijswijk (ZH,)", "Roerdalen"),
    ),
    "2021": ("Amstelveen", "Schagen"),
    "2025": ("Hendrik-Ido-Ambacht", "Nuenen, Gerwen en Nederwetten", "Rozendaal"),
}
"""Who has in an edition the ratios of another municipality or year: they stand as text alone."""
SILENT = {
    "2017X000": "GM1598 GM1948",
    "2018X000": "GM0299 GM0437 GM1949 GM1950 GM1952",
    "2018X005": "GM0263 GM0545 GM0620 GM0707 GM1658",
    "2019X005": "GM0277",
    "2020X005": "GM0339 GM1735",
    "2021X000": "GM1979",
    "2021X005": "GM0743",
    "2022X000": "GM0059 GM1731 GM1980 GM1982 GM1991",
    "2022X005": "GM0090 GM0141 GM0457 GM0505 GM1700",
    "2023X000": "GM1992",
    "2023X005": "GM1961",
    "2024X000": "GM1961",
    "2024X005": "GM0809",
    "2025X000": "GM0310 GM0415 GM1731 GM1961",
}
"""Who delivered nothing: no row in the source, zero in all of them, or the rows of another."""


def rows(sql: str) -> list[tuple[Any, ...]]:
    """Ask files, each by its name between < and >, CSV as text and Parquet as it is."""
    for name in sorted(PLACES, key=len, reverse=True):
        path = PLACES[name]
        csv = f"read_csv('{path}', all_varchar = true{OPTIONS.get(name, '')})"
        source = f"read_parquet('{path}')" if path.suffix == ".parquet" else csv
        if name in HOLDS_ANOTHER:
            source = f"(select * from {source} where not ({HOLDS_ANOTHER[name]}))"
        sql = sql.replace(f"<{name}>", source)
    return duckdb.execute(sql).fetchall()


def test_every_amount_equals_the_source_of_its_municipality_year_and_report() -> None:
    theirs = {
        (period, code, taakveld): amount
        for period, code, taakveld, amount in rows(
            "select verslagsoort, gm_code, taakveld, lasten_keur::double from <S_PER_TAAKVELD>"
        )
    }
    ours: dict[tuple[str, str, str], float] = defaultdict(float)
    unknown = set()
    for period, code, taakveld, amount in rows(
        "select cbs_period, municipality_code, taakveld_code, expenses_keur from <AMOUNTS>"
        " where taakveld_code not in ('0.10', '0.11')"
    ):
        # Sub-codes stand in the source as their sum: 6.71a and 6.711 both under 6.71.
        short = taakveld[:4] if taakveld.startswith("6.") else taakveld
        if amount is None:
            unknown.add((period, code))
        ours[period, code, short] += amount or 0
    assert {
        key for key in ours.keys() | theirs.keys() if ours.get(key, 0) != theirs.get(key, 0)
    } == set()
    assert unknown == {(period, code) for period, codes in SILENT.items() for code in codes.split()}


def test_counts_and_sums_of_each_year_and_report_equal_the_source() -> None:
    ours = """
        select cbs_period, count(distinct municipality_code) filter (expenses_keur is not null),
            sum(expenses_keur)
        from <AMOUNTS> where taakveld_code not in ('0.10', '0.11') group by 1 order by 1
    """
    theirs = """
        select verslagsoort, count(*) filter (lasten::double != 0), sum(lasten::double)
        from <S_TOTALS> group by 1 order by 1
    """
    assert rows(ours) == rows(theirs)
    asked = "select fiscal_year, report, count(*) from <TOTALS> group by all"
    listed = dict(rows("select jaar::integer, count(*) from <S_MUNICIPALITIES> group by 1"))
    assert {year: n for year, _, n in rows(asked)} == {
        year: n for year, n in listed.items() if year >= 2017
    }
    assert len(rows(asked)) == 18


def test_revenue_and_full_codes_equal_the_second_source_at_random_places() -> None:
    names = dict(
        rows(
            "select distinct municipality_code, regexp_replace(municipality_name,"
            " ' \\((O|L|NH|Z|ZH)\\.\\)$', '') from <MUNICIPALITIES>"
            " where valid_to is null and municipality_name not like 'Bergen%'"
        )
    )
    theirs = {
        (report, name, taakveld): (float(expenses), float(revenue))
        for report, name, taakveld, expenses, revenue in rows(
            "select regexp_extract(filename, '[0-9]{4}_[a-z]+'),"
            " regexp_replace(trim(Gemeenten), ' \\((O|L|NH|Z|ZH)\\.\\)$', ''),"
            " split_part(trim(Taakveld), ' ', 1), Lasten, Baten from <S_BZK>"
            " where Gemeenten != 'Nederland'"
        )
    }
    ours = [
        (
            (
                f"{year}_{'begroting' if report == 'budget' else 'jaarrekening'}",
                names[code],
                taakveld,
            ),
            (expenses, revenue),
        )
        for year, report, code, taakveld, expenses, revenue in rows(
            "select fiscal_year, report, municipality_code, taakveld_code, expenses_keur,"
            " revenue_keur from <AMOUNTS> where revenue_keur is not null"
        )
        if code in names
    ]
    assert len(ours) > 90_000
    for key, amounts in Random(16).sample(ours, 5_000):
        assert theirs[key] == amounts, key
    captured = "select distinct cbs_period from <AMOUNTS> where revenue_keur is not null order by 1"
    assert [period for (period,) in rows(captured)] == [
        *("2023X000", "2023X005", "2024X000", "2025X000"),
    ]


def test_silent_municipalities_are_those_without_any_amount() -> None:
    silent = """
        select cbs_period, string_agg(municipality_code, ' ' order by municipality_code)
        from <TOTALS> where expenses_keur is null group by 1
    """
    assert dict(rows(silent)) == SILENT
    assert rows(
        "select distinct municipality_code, value_status from <TOTALS> where value_status"
        " not in ('reported', 'not_reported')"
    ) == [("GM0457", "not_applicable")]  # Weesp: Amsterdam reported for it
    differing = """
        select * from <TOTALS> join <S_TOTALS>
            on municipality_code = gm_code and verslagsoort = cbs_period
        where coalesce(expenses_keur, 0) != lasten::double
            or coalesce(revenue_keur, 0) != baten::double
    """
    assert rows(differing) == []
    parts = """
        select * from <TOTALS> join <S_TOTALS>
            on municipality_code = gm_code and verslagsoort = cbs_period
        where expenses_keur is not null and (
            transfer_to_reserves_keur != reserve_lasten::double
            or transfer_from_reserves_keur != reserve_baten::double
            or wages_keur != lasten_salarissen::double
            or hired_staff_keur != lasten_inhuur::double
            or joint_arrangements_keur != lasten_verbonden_partijen_gr::double
            or local_levies_keur != baten_lokale_heffingen::double
            or general_grant_keur != baten_rijk_gemeentefonds::double
            or specific_grants_keur != baten_rijk_spuk::double)
    """
    assert rows(parts) == []
    unknown = """
        select count(*) from <TOTALS> where (expenses_keur is null) != (wages_keur is null)
            or (expenses_keur is null) != (transfer_to_reserves_keur is null)
            or (expenses_keur is null) != (local_levies_keur is null)
            or (expenses_keur is null) != (general_grant_keur is null)
            or (expenses_keur is null) != (specific_grants_keur is null)
    """
    assert rows(unknown) == [(0,)]


def test_levies_and_grants_are_of_the_size_that_another_copy_has_by_taakveld() -> None:
    """Revenue by taakveld is of the copy of BZK: property tax is a tax, the fund stands on 0.7."""
    both = """
        with booked as (
            select municipality_code, cbs_period,
                sum(revenue_keur) filter (taakveld_code in ('0.61', '0.62')) as property_keur,
                sum(revenue_keur) filter (taakveld_code = '0.7') as fund_keur,
                sum(revenue_keur) filter (
                    taakveld_code in ('0.61', '0.62', '0.63', '0.64', '3.4', '7.2')
                ) as taxes_keur
            from <AMOUNTS> where cbs_period = '2023X005' group by all
        )
        select count(*), count(*) filter (general_grant_keur = fund_keur),
            count(*) filter (local_levies_keur >= property_keur),
            count(*) filter (local_levies_keur between taxes_keur * 0.9 and taxes_keur * 1.1),
            round(sum(property_keur) / sum(local_levies_keur), 2)
        from <TOTALS> join booked using (municipality_code, cbs_period)
        where local_levies_keur is not null
    """
    assert rows(both) == [(341, 337, 341, 260, 0.68)]


def test_categories_and_balances_equal_their_sources() -> None:
    categories = """
        select * from <CATEGORIES> full join <S_CATEGORIES>
            on municipality_code = gm_code and verslagsoort = cbs_period
            and main_taakveld_code = hoofdtaakveld and main_category_code = hoofdcategorie
        where coalesce(expenses_keur, 0) != coalesce(lasten_keur::double, 0)
    """
    assert rows(categories) == []
    ours = "select fiscal_year, post_group, sum(amount_keur) from <BALANCE> group by all"
    theirs = """
        select jaar::integer as year, regexp_extract(balanspost,
            '^(A11|A12|A131|A132|A133[12]|A2[1239]|P11[124]|P1[2-4]|P21|P29)', 1) as post,
            sum(ultimo_keur::double)
        from <S_BALANCE> where post != '' group by all
    """
    assert sorted(rows(ours)) == sorted(rows(theirs))
    of_each = """
        select count(*) from (
            select municipality_code, cbs_period,
                sum(amount_keur) filter (starts_with(post_group, 'P11')) as own,
                sum(amount_keur) filter (starts_with(post_group, 'P')) as whole
            from <BALANCE> group by all
        ) join <S_TOTALS> on municipality_code = gm_code and verslagsoort = cbs_period
        where own = eigen_vermogen_ultimo::double and whole = balanstotaal_ultimo::double
    """
    assert rows(of_each) == [(2842,)]
    held = "select fiscal_year, count(distinct municipality_code) from <BALANCE> group by 1"
    there = "select jaar::integer, count(distinct gemeente) from <S_BALANCE> group by 1"
    assert sorted(rows(held)) == sorted(rows(there))


def test_population_and_index_equal_the_source() -> None:
    differing = """
        select * from <POPULATION> as ours full join <S_INHABITANTS> as theirs
            on municipality_code = gm_code and year(reference_date) = jaar::integer
        where inhabitants is distinct from aantal_inwoners::integer
    """
    assert [row[:3] for row in rows(differing)] == [("GM0153", date(2013, 1, 1), 158_625)]
    twente = """
        select sum(inhabitants), count(*) from <POPULATION>
        where reference_date = '2018-01-01'
            and municipality_code in (select twente.gm_code from <S_TWENTE> as twente)
    """
    assert rows(twente) == [(627_848, 14)]
    index = """
        select * from <INDEX> as ours full join <S_CPI> as theirs on year = jaar
        where price_index::double is distinct from cpi_2015_100::double
    """
    assert rows(index) == []


def test_features_ratios_and_young_people_equal_their_sources() -> None:
    structure = """
        select sum(k_0Tot15Jaar_8::integer), sum(Omgevingsadressendichtheid_116::integer),
            sum(PersonenPerSoortUitkeringBijstand_83::integer), count(*)
        from <S_STRUCTURE> where trim(SoortRegio_2) = 'Gemeente'
    """
    features = """
        select sum(value) filter (feature = 'aged_0_14'),
            sum(value) filter (feature = 'address_density'),
            sum(value) filter (feature = 'social_assistance_recipients'),
            count(distinct municipality_code) from <FEATURES> where period = 2020
    """
    assert rows(structure) == rows(features)
    ratios = "select count(*), round(sum(value), 1) from <RATIOS> where ratio_code = 'solvency'"
    taken = [
        f"(begrotingsjaar != '{edition}' or gemeente not in {names})"
        for edition, names in OTHER_RATIOS.items()
    ]
    printed = f"""
        select count(*), round(sum(round(try_cast(waarde as decimal(30, 15)) * 100, 3))
            filter (begrotingsjaar != '2024' and {" and ".join(taken)}), 1) from <S_RATIOS>
        where kengetal = 'Solvabiliteitsratio' and (
            type_raming = 'Rekening' and jaar::integer = begrotingsjaar::integer - 2
            or type_raming = 'Begroting' and jaar = begrotingsjaar
        ) and not (begrotingsjaar = '2022' and gemeente in ('Appingedam', 'Beemster', 'Boxmeer',
            'Cuijk', 'Delfzijl', 'Grave', 'Haaren', 'Heerhugowaard', 'Landerd', 'Langedijk',
            'Loppersum', 'Mill en Sint Hubert', 'Sint Anthonis', 'Uden'))
    """
    assert rows(ratios) == rows(printed)
    young = """
        select * from <YOUNG> full join <S_VOLUMES>
            on municipality_code = concat('GM', lpad(CBS, 4, '0'))
        where inhabitants_aged_0_17 is distinct from round(replace(jong, ',', '.')::double)::int
    """
    assert rows(young) == []


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
