-- One row per boundary, municipality, report and taakveld (or total of a bundled year): the amounts
-- as delivered, and the same money at today's boundaries. Every cent delivered arrives: a split is
-- rounded to 0.001 and its remainder goes to its largest part. Parts that were silent, or that our
-- sources do not hold, make the whole `partially_reported`, or `estimated` where under 1 % of its
-- people lived there (`missing_share`); what merged away during the year and was reported by its
-- successor is no part of that year.
with

amounts as (

    select * from {{ ref('int_iv3__taakveld_amounts') }}

),

totals as (

    select * from {{ ref('stg_benchmarks__iv3_totals') }}

),

deliveries as (

    select * from {{ ref('int_iv3__deliveries') }}

),

weights as (

    select * from {{ ref('int_boundaries__weights') }}
    where to_year = 9999

),

population as (

    select * from {{ ref('int_population__inhabitants') }}

),

changes as (

    select * from {{ ref('stg_reference__boundary_changes') }}

),

reported as (

    select
        municipality_code,
        fiscal_year,
        report,
        taakveld_code,
        level,
        known_within,
        vintage,
        expenses_keur,
        revenue_keur,
        value_status,
        revenue_status,
        taakveld_title,
        source_table,
        source_delivery,
        source_line
    from amounts
    union all
    select
        municipality_code,
        fiscal_year,
        report,
        'total' as taakveld_code,
        'total' as level,
        cast(null as varchar) as known_within,
        cast(null as integer) as vintage,
        expenses_keur,
        revenue_keur,
        value_status,
        value_status as revenue_status,
        cast(null as varchar) as taakveld_title,
        cbs_table as source_table,
        cast(null as varchar) as source_delivery,
        seed_line as source_line
    from totals
    where fiscal_year not in (select deliveries.fiscal_year from deliveries)

),

-- Landed deliveries say so themselves. A budget is made before a merger during its year.
reported_by_successor as (

    select distinct
        reported.fiscal_year,
        reported.report,
        changes.predecessor_code
    from reported
    inner join changes
        on
            reported.municipality_code = changes.successor_code
            and reported.fiscal_year = year(changes.effective_date)
            and changes.effective_date > make_date(reported.fiscal_year, 1, 1)
    where reported.expenses_keur is not null and reported.report != 'budget'

),

asked as (

    select distinct
        fiscal_year,
        report,
        taakveld_code,
        level
    from reported

),

rounded as (

    select
        asked.fiscal_year,
        asked.report,
        asked.taakveld_code,
        asked.level,
        reported.known_within,
        weights.municipality_code,
        weights.successor_code,
        weights.weight,
        weights.weights_total,
        weights.is_largest_part,
        weights.is_listed,
        weights.is_estimate,
        reported.vintage,
        reported.expenses_keur,
        reported.revenue_keur,
        case
            when reported.value_status is not null then reported.value_status
            when reported_by_successor.predecessor_code is not null then 'not_applicable'
            else 'not_captured'
        end as value_status,
        coalesce(reported.revenue_status, 'not_captured') as revenue_status,
        reported.taakveld_title,
        reported.source_table,
        reported.source_delivery,
        reported.source_line,
        population.inhabitants * weights.weight as people,
        round(reported.expenses_keur * weights.weight, 3) as expenses_part,
        round(reported.revenue_keur * weights.weight, 3) as revenue_part
    from weights
    inner join asked on weights.from_year = asked.fiscal_year
    left join reported
        on
            weights.municipality_code = reported.municipality_code
            and asked.fiscal_year = reported.fiscal_year
            and asked.report = reported.report
            and asked.taakveld_code = reported.taakveld_code
            and asked.level = reported.level
    left join reported_by_successor
        on
            weights.municipality_code = reported_by_successor.predecessor_code
            and asked.fiscal_year = reported_by_successor.fiscal_year
            and asked.report = reported_by_successor.report
    left join population
        on
            weights.municipality_code = population.municipality_code
            and asked.fiscal_year = population.fiscal_year

),

parts as (

    select
        *,
        expenses_part + if(
            is_largest_part,
            round(expenses_keur * weights_total, 3) - sum(expenses_part) over split,
            0
        ) as expenses_moved,
        revenue_part + if(
            is_largest_part,
            round(revenue_keur * weights_total, 3) - sum(revenue_part) over split,
            0
        ) as revenue_moved
    from rounded
    -- Who began during the year is a part of what it reported itself only.
    where value_status != 'not_applicable' and (is_listed or source_table is not null)
    window
        split as (
            partition by fiscal_year, report, taakveld_code, level, municipality_code
        )

),

summed as (

    select
        successor_code as municipality_code,
        fiscal_year,
        report,
        taakveld_code,
        level,
        max(known_within) as known_within,
        min(vintage) as vintage,
        cast(sum(expenses_moved) as decimal(18, 3)) as expenses_keur,
        cast(
            if(count(revenue_moved) = count(expenses_moved), sum(revenue_moved), null)
            as decimal(18, 3)
        ) as revenue_keur,
        case
            when count(expenses_moved) = count(*) then 0
            when count(people) = count(*)
                then
                    coalesce(sum(people) filter (where expenses_moved is null), 0)
                    / nullif(sum(people), 0)
        end as missing_share,
        case
            when count(expenses_moved) = 0 and bool_and(value_status = 'not_captured')
                then 'not_captured'
            when count(expenses_moved) = 0 then 'not_reported'
            when coalesce(missing_share >= 0.01, true) then 'partially_reported'
            when bool_or(is_estimate) or missing_share > 0 then 'estimated'
            when bool_or(value_status = 'provisional') then 'provisional'
            else 'reported'
        end as value_status,
        case
            when count(revenue_moved) = 0 and bool_or(revenue_status = 'not_captured')
                then 'not_captured'
            when count(revenue_moved) = 0 then 'not_reported'
            when
                coalesce(missing_share >= 0.01, true)
                or count(revenue_moved) < count(expenses_moved)
                then 'partially_reported'
            when bool_or(is_estimate) or missing_share > 0 then 'estimated'
            when bool_or(revenue_status = 'provisional') then 'provisional'
            else 'reported'
        end as revenue_status,
        any_value(taakveld_title) as taakveld_title,
        min(source_table) as source_table,
        min(source_delivery) as source_delivery,
        if(count(*) = 1, min(source_line), null) as source_line,
        string_agg(
            concat(
                municipality_code,
                if(weight < 1, concat(' x ', rtrim(cast(weight as varchar), '0')), ''),
                if(expenses_moved is null, ' (' || value_status || ')', '')
            ),
            ', '
            order by municipality_code
        ) as parts
    from parts
    group by successor_code, fiscal_year, report, taakveld_code, level
    having count(source_table) > 0

)

select
    'as_reported' as boundary,
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    level,
    known_within,
    vintage,
    cast(expenses_keur as decimal(18, 3)) as expenses_keur,
    cast(revenue_keur as decimal(18, 3)) as revenue_keur,
    value_status,
    revenue_status,
    taakveld_title,
    source_table,
    source_delivery,
    source_line,
    municipality_code as parts,
    cast(0 as double) as missing_share
from reported
union all
select
    'current' as boundary,
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    level,
    known_within,
    vintage,
    expenses_keur,
    revenue_keur,
    value_status,
    revenue_status,
    taakveld_title,
    source_table,
    source_delivery,
    source_line,
    parts,
    missing_share
from summed
