-- One row per municipality, year, budget or accounts, and share: hired staff of wages and hired
-- staff, transfers to joint arrangements of all expenses, and overhead (0.4) of all expenses, with
-- the median of the others. An amount below zero, or totals that are those of another municipality
-- too, make no share.
with

totals as (

    select
        *,
        count(*) over (partition by fiscal_year, report, expenses_keur, revenue_keur) > 1
            as is_doubled
    from {{ ref('int_iv3__totals') }}

),

overhead as (

    select * from {{ ref('int_boundaries__amounts') }}
    where
        boundary = 'as_reported'
        and report in ('budget', 'accounts')
        and taakveld_code = '0.4'

),

members as (

    select * from {{ ref('int_peers__members') }}
    where boundary = 'as_reported'

),

parts as (

    select
        municipality_code,
        fiscal_year,
        report,
        'hired_staff' as share_code,
        hired_staff_keur as part_keur,
        wages_keur + hired_staff_keur as whole_keur,
        is_doubled,
        value_status,
        source_table,
        source_delivery
    from totals
    union all
    select
        municipality_code,
        fiscal_year,
        report,
        'joint_arrangements' as share_code,
        joint_arrangements_keur as part_keur,
        expenses_keur as whole_keur,
        is_doubled,
        value_status,
        source_table,
        source_delivery
    from totals
    union all
    select
        overhead.municipality_code,
        overhead.fiscal_year,
        overhead.report,
        'overhead' as share_code,
        overhead.expenses_keur as part_keur,
        totals.expenses_keur as whole_keur,
        totals.is_doubled,
        overhead.value_status,
        overhead.source_table,
        overhead.source_delivery
    from overhead
    inner join totals
        on
            overhead.municipality_code = totals.municipality_code
            and overhead.fiscal_year = totals.fiscal_year
            and overhead.report = totals.report

),

shares as (

    select
        parts.*,
        members.peer_group_code,
        case
            when parts.part_keur is null or parts.whole_keur is null then parts.value_status
            when parts.is_doubled or parts.part_keur < 0 or parts.whole_keur <= 0
                then 'not_recomputable'
            else parts.value_status
        end as share_status,
        case
            when not parts.is_doubled and parts.part_keur >= 0 and parts.whole_keur > 0
                then round(parts.part_keur * 100.0 / parts.whole_keur, 6)
        end as share_pct
    from parts
    left join members
        on
            parts.municipality_code = members.municipality_code
            and parts.fiscal_year = members.fiscal_year
            and if(
                parts.share_code = 'joint_arrangements',
                members.peer_group_code = 'all',
                starts_with(members.peer_group_code, 'size_class_')
            )

)

select
    own.municipality_code,
    own.fiscal_year,
    own.report,
    own.share_code,
    own.part_keur,
    own.whole_keur,
    own.share_pct,
    own.peer_group_code,
    count(others.share_pct) as peers_n,
    case
        when count(others.share_pct) >= 5 then median(cast(others.share_pct as double))
    end as peer_median_pct,
    own.share_status,
    own.source_table,
    own.source_delivery
from shares as own
left join shares as others
    on
        own.fiscal_year = others.fiscal_year
        and own.report = others.report
        and own.share_code = others.share_code
        and own.peer_group_code = others.peer_group_code
        and own.municipality_code != others.municipality_code
group by all
