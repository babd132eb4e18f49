"""Who has no neighbours in structure and why, and from how many they were chosen, as results.

Reads the candidate; who has neighbours is decided in the models.
"""

from pathlib import Path

from doelenboom.validation.candidates import with_marts
from doelenboom.validation.explaining import explanation
from doelenboom.validation.outcomes import CheckResult, Status

MARTS = (
    *("dim_municipality", "dim_municipality_current", "nearest_neighbours"),
    *("neighbour_features", "taakveld_spending"),
)
FEATURES = "every_feature_of_a_municipality_is_known"
POOL = "neighbours_are_chosen_from_most"

# Who divides municipalities by social structure divides them by centre function too: a
# municipality that has the one and not the other was left out of it on purpose. A municipality
# that has ended is in no division of later years, which is nobody's fault.
LACKING = """
    with
    spending as (
        select municipality_code, max(fiscal_year) as fiscal_year
        from marts.taakveld_spending
        group by municipality_code
    ),
    features as (select distinct feature from marts.neighbour_features),
    lacking as (
        select
            spending.municipality_code,
            spending.fiscal_year,
            string_agg(features.feature, ', ' order by features.feature) as features
        from spending
        cross join features
        anti join marts.neighbour_features as known
            on spending.municipality_code = known.municipality_code
            and spending.fiscal_year = known.fiscal_year
            and features.feature = known.feature
        anti join marts.nearest_neighbours as neighbours
            on spending.municipality_code = neighbours.municipality_code
            and spending.fiscal_year = neighbours.fiscal_year
        group by spending.municipality_code, spending.fiscal_year
    )
    select
        lacking.municipality_code,
        coalesce(names.municipality_name, lacking.municipality_code),
        lacking.fiscal_year,
        lacking.features,
        case
            when lacking.features = 'centre_function' and divided.feature is not null
                then 'not_applicable'
            when names.valid_to is not null then 'info'
            else 'warn'
        end
    from lacking
    left join marts.dim_municipality_current as names
        on lacking.municipality_code = names.municipality_code
    left join marts.neighbour_features as divided
        on lacking.municipality_code = divided.municipality_code
        and lacking.fiscal_year = divided.fiscal_year
        and divided.feature = 'social_structure'
    order by lacking.municipality_code
"""

POOLS = """
    select
        fiscal_year,
        count(distinct municipality_code) filter (standard_score is not null),
        (
            select count(distinct listed.municipality_code)
            from marts.dim_municipality as listed
            where make_date(scored.fiscal_year, 1, 1)
                between listed.valid_from and coalesce(listed.valid_to, date '9999-12-31')
        )
    from marts.neighbour_features as scored
    group by fiscal_year
    order by fiscal_year
"""


def neighbour_checks(candidate: Path) -> list[CheckResult]:
    """Give one check result per municipality that has spending and no neighbours, and per year.

    The first speaks of the latest year of its spending, the second of how many municipalities
    neighbours were chosen from. None where the marts that tell are not there.
    """
    with with_marts(candidate, MARTS) as connection:
        if connection is None:
            return []
        return [
            *(_lacking(*row) for row in connection.execute(LACKING).fetchall()),
            *(_pool(*row) for row in connection.execute(POOLS).fetchall()),
        ]


def _lacking(code: str, name: str, year: int, features: str, status: Status) -> CheckResult:
    what = "not divided by" if status == "not_applicable" else "not known are"
    return CheckResult(
        FEATURES,
        code,
        "warn",
        status,
        f"no neighbours in {year}: {what} {features}",
        "every structural feature",
        explanation=explanation("expectation", FEATURES, status, gemeente=name),
    )


def _pool(year: int, scored: int, total: int) -> CheckResult:
    status: Status = "pass" if scored >= 0.8 * total else "info"
    return CheckResult(
        POOL,
        str(year),
        "info",
        status,
        f"{scored} of {total} municipalities",
        "four fifths of the municipalities",
        explanation=explanation(
            "expectation", POOL, status, jaar=year, aantal=scored, totaal=total
        ),
    )
