-- One row per boundary, municipality, year, budget or accounts, and measure that a document states
-- as a ratio: statutory indicators and financial ratios, in one unit per indicator. A ratio cannot
-- be added up, so at today's boundaries it stands for municipalities that did not change since; and
-- documents that contradict each other make it not recomputable. So does a figure that cannot be in
-- its unit; what is wrong with a financial ratio, `int_position__judged_ratios` knows.
with

statutory as (

    select * from {{ ref('stg_benchmarks__statutory_values') }}

),

accounts as (

    select * from {{ ref('stg_accounts__statutory_indicators') }}

),

units as (

    select * from {{ ref('stg_reference__statutory_units') }}

),

judged as (

    select * from {{ ref('int_position__judged_ratios') }}

),

weights as (

    select * from {{ ref('int_boundaries__weights') }}
    where to_year = 9999

),

-- A target is no outcome, and a year that had to be assumed is none of ours.
printed as (

    select
        area_code as municipality_code,
        fiscal_year,
        if(kind = 'begroting', 'budget', 'accounts') as report,
        indicator_code as measure_code,
        unit,
        value,
        value_status
    from statutory
    where area_code like 'GM%' and kind not in ('streefwaarde', 'vorige meting (jaar aangenomen)')
    union all
    select
        municipality_code,
        score_year as fiscal_year,
        'accounts' as report,
        indicator_code as measure_code,
        unit,
        score as value,
        value_status
    from accounts
    -- What is delivered may have a unit that nobody has laid beside others yet.
    where indicator_code in (select units.indicator_code from units)

),

converted as (

    select
        printed.municipality_code,
        printed.fiscal_year,
        printed.report,
        printed.measure_code,
        'statutory' as subject_kind,
        round(printed.value * units.factor, 6) as value,
        case
            when printed.value is null then printed.value_status
            when units.factor is null then 'not_recomputable'
            else printed.value_status
        end as value_status,
        units.reason,
        coalesce(units.comparability, 'not_comparable') as comparability
    from printed
    left join units
        on
            printed.measure_code = units.indicator_code
            and printed.unit = units.unit_printed
    where printed.fiscal_year is not null
    union all
    select
        municipality_code,
        figure_year as fiscal_year,
        if(figure_kind = 'actual', 'accounts', 'budget') as report,
        concat('ratio_', ratio_code) as measure_code,
        'ratio' as subject_kind,
        if(judged_status = 'reported', value, null) as value,
        judged_status as value_status,
        judged_reason as reason,
        'comparable' as comparability
    from judged

),

settled as (

    select
        municipality_code,
        fiscal_year,
        report,
        measure_code,
        any_value(subject_kind) as subject_kind,
        if(count(distinct value) = 1, max(value), null) as value,
        case
            when count(distinct value) = 1 then 'reported'
            when count(distinct value) > 1 then 'not_recomputable'
            else min(value_status)
        end as value_status,
        if(
            count(distinct value) > 1,
            'Documenten noemen verschillende waarden',
            min(reason)
        ) as reason,
        case
            when bool_or(comparability = 'not_comparable') then 'not_comparable'
            when bool_or(comparability = 'caution') then 'caution'
            else 'comparable'
        end as comparability
    from converted
    group by municipality_code, fiscal_year, report, measure_code

),

-- Today's municipality with the one it was in that year, where it is wholly the same.
unchanged as (

    select
        from_year as fiscal_year,
        successor_code as municipality_code,
        min(municipality_code) as then_code
    from weights
    group by from_year, successor_code
    having count(*) = 1 and min(weight) = 1

),

bounded as (

    select
        'as_reported' as boundary,
        settled.*
    from settled
    union all
    select
        'current' as boundary,
        settled.* replace (unchanged.municipality_code as municipality_code)
    from settled
    inner join unchanged
        on
            settled.fiscal_year = unchanged.fiscal_year
            and settled.municipality_code = unchanged.then_code

)

select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    measure_code,
    subject_kind,
    measure_code as subject_code,
    cast(null as varchar) as side,
    cast(null as varchar) as denominator,
    cast(null as varchar) as price_basis,
    cast(null as decimal(18, 3)) as numerator_keur,
    cast(null as integer) as people,
    cast(value as decimal(18, 6)) as value,
    value_status,
    reason,
    comparability
from bounded
