"""What the chapters say, as a controller finds it in them: each row was wrong or missing once."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from tests.conftest import RealNight

QUESTIONS: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "a forecast is compared on one budget": (
        "select fiscal_year, stage, line_item, forecast_keur::int, budget_basis,"
        " budget_added_keur::int, forecast_like_for_like_keur::int, outturn_keur::int,"
        " error_keur::int from marts.forecasts",
        [
            (2013, "autumn_note", "Totaal programma", 3100, "not_stated", None, 3100, 4230, 1130),
            (
                *(2013, "early_warning", "Individuele voorzieningen", 3800, "not_stated", None),
                *(3800, 4046, 246),
            ),
            (
                *(2018, "interim_report", "Totaal programma", -7900, "budget_of_forecast", 7300),
                *(-600, 5492, 6092),
            ),
        ],
    ),
    "each way of counting says what has no indicator": (
        "select fiscal_year, coverage_basis, round(expenses_without_indicator_pct, 1)::double,"
        " expenses_without_indicator_keur::int from marts.indicator_coverage",
        [
            (2013, "objective", 0, 0),
            (2013, "objective_printed", 0, 0),
            (2013, "product", 40.8, 24741),
            (2013, "theme", None, None),
            (2018, "objective", 0, 0),
            (2018, "objective_printed", 86.5, 176044),
            (2018, "product", 14.2, 28942),
            (2018, "theme", 60.3, 122798),
        ],
    ),
    "the share without an indicator has its level and its range": (
        "select fiscal_year, expenses_without_indicator_pct::double,"
        " expenses_without_indicator_level,"
        " round(expenses_without_indicator_pct_low, 1)::double,"
        " round(expenses_without_indicator_pct_high, 1)::double from marts.programme_results",
        [(2013, 0, "objective", 0, 40.8), (2018, 0, "objective", 0, 86.5)],
    ),
    "the gross variance counts the flows where there are no lines": (
        "select fiscal_year, gross_variance_keur::int, gross_variance_covered_keur::int,"
        " unexplained_lines, largest_unexplained_line, explanation_level"
        " from marts.programme_results",
        [
            (2013, 11724, 7934, 3, "Maatschappelijke ondersteuning", "product"),
            (2018, 28765, 13166, 2, "toevoegingen aan reserves", "programme"),
        ],
    ),
    "what the prose says of 2017 is no score of 2018": (
        "select score, unit, measurement_period, value_status, verdict"
        " from marts.indicator_results where fiscal_year = 2018 and indicator_code = 'own_5'",
        [(None, None, None, "not_captured", "not_captured")],
    ),
    "and stays a fact of the chapter": (
        "select value::int, unit, reference_year, source_line from marts.chapter_facts"
        " where fiscal_year = 2018 and fact_no = 36",
        [(79, "percent", 2017, 153)],
    ),
    "only printed words hedge": (
        "select hedge, count(*) from marts.chapter_facts where hedge is not null"
        " group by all order by all",
        [
            ("circa", 4),
            ("meer dan", 1),
            ("minimaal", 1),
            ("naar schatting", 2),
            ("ongeveer", 4),
            ("tenminste", 2),
        ],
    ),
    "ends of a range have no hedge of their own": (
        "select distinct hedge, value_text from marts.chapter_facts"
        " where fiscal_year = 2018 and fact_no in (44, 45, 57, 58) order by all",
        [("circa", "circa 20-40 jongvolwassenen"), (None, "2015-2018")],
    ),
    "who is no partner": (
        "select party_role, string_agg(distinct title, ', ' order by title)"
        " from marts.chapter_facts where kind = 'other_party' group by all order by all",
        [
            ("financier", "zorgkantoor Twente"),
            ("mentioned", "ROC in Hengelo, Reimarkt Consortium, voedselbank"),
            ("ministry", "ministerie van VWS"),
            ("public_body", "Centraal Administratiekantoor, Raad voor de Kinderbescherming"),
            ("researcher", "HHM, SAXION, SGBO, Stichting Alexander, UT"),
            ("subsidy_recipient", "IJsbaan Twente, Stichting Leergeld"),
            ("supervisor", "Inspectie van de Gezondheidszorg"),
        ],
    ),
    "what only the municipality says is said so": (
        "select indicator_code, verdict_label from marts.indicator_results"
        " where verdict_basis = 'stated'",
        [
            ("own_1", "gehaald volgens de gemeente, niet nagerekend"),
            ("own_2", "niet gehaald volgens de gemeente, niet nagerekend"),
            ("own_4", "niet gehaald volgens de gemeente, niet nagerekend"),
        ],
    ),
    "a product without a printed budget is reported for its actual": (
        "select flow, value_status, original_budget_status, final_budget_status, actual_status,"
        " variance_status, count(*) from marts.programme_finance"
        " where fiscal_year = 2018 and not is_total group by all order by flow, value_status",
        [
            ("expenses", "reported", *["not_published"] * 2, "reported", "not_published", 9),
            ("revenue", "not_published", *["not_published"] * 4, 1),
            ("revenue", "reported", *["not_published"] * 2, "reported", "not_published", 8),
        ],
    ),
    "no identity holds a contribution against revenue that need not hold it": (
        "select reconciles_with from marts.chapter_facts where fiscal_year = 2018 and fact_no = 17",
        [(None,)],
    ),
    "the direction of change that the text states": (
        "select fiscal_year, indicator_code, change_stated, change_source_line"
        " from marts.indicator_results where change_stated is not null",
        [
            (2013, "own_11.a", "down", 102),
            (2013, "own_11.b", "down", 102),
            (2013, "own_8", "unchanged", 99),
            (2013, "own_9", "unchanged", 100),
            (2018, "own_2", "down", 111),
            (2018, "own_4", "down", 142),
            (2018, "own_6", "up", 168),
            (2018, "own_9", "unchanged", 211),
        ],
    ),
    "the frameworks of the council by name": (
        "select code, title, source_line from marts.chapter_facts"
        " where fiscal_year = 2013 and part_of_fact_no = 28",
        [
            ("1", "Bevorderen van arbeidsparticipatie", 123),
            ("2", "Een schone en hele leefomgeving", 124),
            ("3", "Vergroten van het veiligheidsgevoel", 125),
            ("4", "Stimuleren van wijkdiensten voor zorgafhankelijken", 126),
            ("5", "Stimuleren van duurzaam gedrag", 127),
            ("6", "Bevorderen van de leefbaarheid", 128),
            ("7", "Bevorderen van de sociale samenhang", 129),
        ],
    ),
    "other lists by name": (
        "select fiscal_year, part_of_fact_no, string_agg(title, ', ' order by fact_no)"
        " from marts.chapter_facts where part_of_fact_no in (34, 183, 59) group by all"
        " order by all",
        [
            (2013, 34, "Pathmos/Stadsveld, Wesselerbrink, Glanerbrug"),
            (2013, 183, "Zuid-West, Wesselerbrink, Glanerbrug"),
            (2018, 59, "zorg, onderwijs, wonen, inkomen/schulden, werk, veiligheid"),
        ],
    ),
    "the first dash of action 27 was carried out": (
        "select status_from_text, explanation_source_line from marts.action_points"
        " where action_code = '27'",
        [("partly_carried_out", 407)],
    ),
    "dates keep their day": (
        "select fiscal_year, fact_no, reference_from from marts.chapter_facts"
        " where reference_from = reference_to",
        [
            (2013, 5, date(2013, 6, 24)),
            (2013, 20, date(2011, 4, 11)),
            (2013, 55, date(2013, 10, 17)),
            (2013, 56, date(2014, 2, 18)),
            (2013, 57, date(2013, 6, 24)),
            (2013, 59, date(2013, 10, 31)),
            (2013, 61, date(2015, 1, 1)),
            (2013, 71, date(2008, 3, 31)),
            (2013, 94, date(2012, 1, 1)),
            (2013, 156, date(2012, 1, 31)),
            (2013, 169, date(2013, 2, 26)),
            (2013, 190, date(2013, 9, 17)),
            (2013, 198, date(2013, 7, 1)),
            (2018, 9, date(2019, 1, 1)),
            (2018, 37, date(2017, 10, 9)),
            (2018, 51, date(2018, 10, 1)),
            (2018, 61, date(2019, 1, 1)),
            (2018, 74, date(2019, 1, 1)),
        ],
    ),
    "and months, quarters and half years their first and last day": (
        "select fiscal_year, reference_to - reference_from + 1 as days, count(*)"
        " from marts.chapter_facts where reference_from < reference_to group by all order by all",
        [
            (2013, 29, 1),
            (2013, 30, 1),
            (2013, 31, 6),
            (2013, 90, 3),
            (2013, 91, 1),
            (2013, 181, 1),
            (2018, 30, 2),
            (2018, 90, 2),
            (2018, 184, 1),
        ],
    ),
}


@pytest.fixture(scope="module")
def marts(real_night: RealNight) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(real_night.database), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_a_controller_finds_in_the_chapter(
    marts: duckdb.DuckDBPyConnection, name: str
) -> None:
    question, expected = QUESTIONS[name]
    assert marts.execute(question).fetchall() == expected
