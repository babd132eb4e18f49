"""Plausibility of `marts.dim_taakveld`: one row per taakveld and period of one name and place."""

from doelenboom.validation.expecting import blocks, has_rows, offenders, unlikely
from doelenboom.validation.library import Expectation

TABLE = "dim_taakveld"

SOCIAL_DOMAIN = {
    2018: "6.1 6.2 6.3 6.4 6.5 6.6 6.71 6.72 6.81 6.82",
    2023: (
        "6.1 6.2 6.3 6.4 6.5 6.6 6.71a 6.71b 6.71c 6.71d 6.72a 6.72b 6.72c 6.72d 6.73a 6.73b 6.73c"
        " 6.74a 6.74b 6.74c 6.81a 6.81b 6.82a 6.82b"
    ),
    2025: (
        "6.1 6.21 6.22 6.23 6.3 6.4 6.5 6.60 6.711 6.712 6.713 6.714 6.751 6.752 6.753 6.761 6.762"
        " 6.763 6.791 6.792 6.811 6.812 6.821 6.822 6.91 6.92"
    ),
}
"""The taakvelden of the social domain in a year of each division of Iv3: 2017, 2023 and 2025."""

THAT_YEAR = """
    make_date(fiscal_year::integer, 12, 31)
        between valid_from and coalesce(valid_to, date '9999-12-31')
"""


def suite() -> list[Expectation]:
    """Give the expectations on `marts.dim_taakveld`."""
    social = ", ".join(f"({year}, '{codes}')" for year, codes in SOCIAL_DOMAIN.items())
    return [
        has_rows(TABLE, at_least=50),
        offenders(
            f"""
            select fiscal_year, taakveld_code from (
                select fiscal_year, unnest(string_split(codes, ' ')) as taakveld_code
                from (values {social}) as divisions (fiscal_year, codes)
            ) as social
            where not exists (
                select 1 from batch
                where batch.taakveld_code = social.taakveld_code and cluster_code is not null
                    and {THAT_YEAR}
            )
            """,
            blocks(f"{TABLE}.social_domain_complete", "the social domain of 2018, 2023 and 2025"),
        ),
        offenders(
            f"""
            select fiscal_year, taakveld_code, keur from (
                select fiscal_year, taakveld_code, level, sum(expenses_keur) as keur
                from marts.taakveld_spending
                where taakveld_code not in ('0.10', '0.11')
                group by all having keur > 0
            ) as spending
            where not exists (
                select 1 from batch
                where {THAT_YEAR} and cluster_code is not null and if(
                    spending.level = 'rolled_up',
                    starts_with(batch.taakveld_code, spending.taakveld_code),
                    batch.taakveld_code = spending.taakveld_code
                )
            )
            """,
            blocks(
                f"{TABLE}.all_spending_in_a_cluster", "a cluster for whatever money is spent on"
            ),
        ),
        offenders(
            f"""
            select fiscal_year, count(distinct cluster_code) as clusters
            from range(2017, 2026) as years (fiscal_year)
            left join batch on {THAT_YEAR}
            group by fiscal_year
            qualify clusters <> max(clusters) over ()
            """,
            unlikely(f"{TABLE}.clusters_over_the_breaks", "as many clusters in every year"),
        ),
        offenders(
            "select * from batch where not starts_with(taakveld_code, main_taakveld_code)",
            blocks(f"{TABLE}.in_its_main_taakveld", "a code that begins with its main taakveld"),
        ),
        offenders(
            "select * from batch where valid_to < valid_from or valid_from < date '2017-01-01'",
            blocks(f"{TABLE}.validity_in_order", "validity from 2017 that ends after it begins"),
        ),
    ]
