"""Plausibility of `marts.municipality_comparison`: a municipality's measure beside its peers'.

The largest mart by far: each check is one pass over the columns that it needs, and most of them
read the peer group `all` only, which holds every value once.
"""

from doelenboom.validation.expecting import (
    blocks,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "municipality_comparison"

SERIES = "boundary, report, measure_code"
ROW = "batch.municipality_code, batch.fiscal_year, batch.report, batch.measure_code, batch.value"
LANDED = """
    select distinct fiscal_year, report from marts.iv3_deliveries
    where source_delivery is not null and report in ('budget', 'accounts')
"""


def suite() -> list[Expectation]:
    """Give the expectations on `marts.municipality_comparison`."""
    return [
        has_rows(TABLE, at_least=1000),
        years_within_range(TABLE),
        *_landed_years(),
        *_values(),
        *_peers(),
    ]


def _landed_years() -> list[Expectation]:
    spending = "peer_group_code = 'all' and starts_with(measure_code, 'iv3_')"
    return [
        offenders(
            f"""
            select landed.fiscal_year, landed.report, max(batch.peers_n) as peers
            from ({LANDED}) as landed
            left join batch
                on landed.fiscal_year = batch.fiscal_year and landed.report = batch.report
                and batch.peer_group_code = 'all' and batch.measure_code = 'iv3_expenses_total'
            group by all having coalesce(peers, 0) < 300
            """,
            unlikely(f"{TABLE}.a_whole_country", "300 peers or more in a landed year"),
        ),
        offenders(
            f"""
            select boundary, fiscal_year, report, avg((value is null)::integer) as share
            from batch semi join ({LANDED}) as landed using (fiscal_year, report)
            where {spending} group by all having share > 0.05
            """,
            unlikely(f"{TABLE}.few_without_a_value", "at most 5 % without a value where landed"),
        ),
        offenders(
            f"""
            select boundary, fiscal_year, report,
                avg((comparability = 'comparable')::integer) as share
            from batch semi join ({LANDED}) as landed using (fiscal_year, report)
            where {spending} group by all having share not between 0.5 and 0.9
            """,
            unlikely(f"{TABLE}.doubt_is_measured", "50 to 90 % simply comparable where landed"),
        ),
    ]


def _values() -> list[Expectation]:
    return [
        offenders(
            f"""
            select {ROW}, spending.expenses_eur_per_inhabitant from batch
            inner join marts.taakveld_spending as spending
                on batch.municipality_code = spending.municipality_code
                and batch.fiscal_year = spending.fiscal_year and batch.report = spending.report
                and batch.measure_code = concat('iv3_expenses_', spending.taakveld_code)
            where batch.boundary = 'as_reported' and batch.peer_group_code = 'all' and (
                abs(batch.value - spending.expenses_eur_per_inhabitant) > 0.01
                or (batch.value is null) <> (spending.expenses_eur_per_inhabitant is null)
            )
            """,
            blocks(f"{TABLE}.value_as_in_taakveld_spending", "the euros per head of the taakveld"),
        ),
        offenders(
            f"""
            select {ROW} from batch
            where peer_group_code = 'all' and starts_with(measure_code, 'iv3_') and (
                abs(value) > 20000 or (measure_code = 'iv3_expenses_total' and value < 1000)
            )
            """,
            unlikely(
                f"{TABLE}.per_head_within_range",
                "at most 20,000 euro per head, and 1,000 or more in total",
            ),
        ),
        offenders(
            f"""
            select {ROW} from batch
            where peer_group_code = 'all' and starts_with(unit, '%')
                and value not between -200 and 500
            """,
            unlikely(f"{TABLE}.percent_within_range", "percentages from -200 to 500"),
        ),
        offenders(
            f"""
            select {SERIES}, fiscal_year, median(value) as middle
            from batch
            where peer_group_code = 'all' and report = 'accounts' and price_basis = 'nominal' and (
                starts_with(measure_code, 'iv3_expenses_cluster_')
                or measure_code = 'iv3_expenses_total'
            )
            group by {SERIES}, fiscal_year
            having count(value) >= 100
            qualify middle > 25 and middle / nullif(
                lag(middle) over (partition by {SERIES} order by fiscal_year), 0
            ) not between 0.65 and 1.75
            """,
            unlikely(
                f"{TABLE}.medians_do_not_jump", "medians of clusters at 65 to 175 % of a year ago"
            ),
        ),
    ]


def _peers() -> list[Expectation]:
    return [
        offenders(
            f"""
            select {SERIES}, fiscal_year from batch
            where peer_group_code = 'all' and measure_code = 'iv3_expenses_total'
            group by all
            having count(percentile) >= 100 and (
                min(percentile) > 0 or max(percentile) < 100
                or avg(percentile) not between 45 and 55
            )
            """,
            blocks(f"{TABLE}.percentiles_spread", "percentiles from 0 to 100, on average 50"),
        ),
        offenders(
            f"""
            select {ROW}, percentile from batch
            where (value < peer_p25 and percentile > 30) or (value > peer_p75 and percentile < 70)
            """,
            blocks(f"{TABLE}.percentile_fits_quartiles", "a percentile that fits the quartiles"),
        ),
        offenders(
            f"""
            select {SERIES}, fiscal_year, min(value) as least, max(value) as most
            from batch where peer_group_code = 'all' group by all
            having least(min(peer_mean_weighted), min(peer_mean_unweighted)) < least - 0.01
                or greatest(max(peer_mean_weighted), max(peer_mean_unweighted)) > most + 0.01
            """,
            blocks(f"{TABLE}.means_among_the_peers", "means between the least and the most"),
        ),
    ]
