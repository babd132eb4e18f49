-- One row per municipality, year, budget or accounts, and share: hired staff of wages and hired
-- staff, transfers to joint arrangements of all expenses, overhead (0.4) of all expenses, and local
-- levies and grants of the state of all revenue, with the median of the others. An amount below
-- zero, or totals that are those of another municipality too, make no share; nor do levies or a
-- general grant of nothing: every municipality has them, so that they are booked elsewhere.
{%- set shares_of_totals = [
    ('hired_staff', 'hired_staff_keur', 'wages_keur + hired_staff_keur', 'hired_staff_keur >= 0'),
    (
        'joint_arrangements', 'joint_arrangements_keur', 'expenses_keur',
        'joint_arrangements_keur >= 0'
    ),
    ('local_levies', 'local_levies_keur', 'revenue_keur', 'local_levies_keur > 0'),
    (
        'state_grants', 'general_grant_keur + specific_grants_keur', 'revenue_keur',
        'general_grant_keur > 0 and specific_grants_keur >= 0'
    ),
] %}
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

inhabitants as (

    select * from {{ ref('int_boundaries__inhabitants') }}
    where boundary = 'as_reported'

),

members as (

    select * from {{ ref('int_peers__members') }}
    where boundary = 'as_reported'

),

parts as (

    {%- for share_code, part, whole, is_booked_here in shares_of_totals %}
    select
        municipality_code,
        fiscal_year,
        report,
        '{{ share_code }}' as share_code,
        {{ part }} as part_keur,
        {{ whole }} as whole_keur,
        general_grant_keur,
        {{ is_booked_here }} as is_booked_here,
        is_doubled,
        value_status,
        source_table,
        source_delivery
    from totals
    union all
    {%- endfor %}
    select
        overhead.municipality_code,
        overhead.fiscal_year,
        overhead.report,
        'overhead' as share_code,
        overhead.expenses_keur as part_keur,
        totals.expenses_keur as whole_keur,
        totals.general_grant_keur,
        overhead.expenses_keur >= 0 as is_booked_here,
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

judged as (

    select
        *,
        not is_doubled and is_booked_here and whole_keur > 0 as is_share
    from parts

),

shares as (

    select
        judged.*,
        members.peer_group_code,
        inhabitants.inhabitants,
        case
            when judged.part_keur is null or judged.whole_keur is null or judged.is_share
                then judged.value_status
            else 'not_recomputable'
        end as share_status,
        case
            when judged.is_share then round(judged.part_keur * 100.0 / judged.whole_keur, 6)
        end as share_pct,
        case
            when judged.is_share
                then {{ eur_per_inhabitant('judged.part_keur', 'inhabitants.inhabitants') }}
        end as part_eur_per_inhabitant
    from judged
    left join inhabitants
        on
            judged.municipality_code = inhabitants.municipality_code
            and judged.fiscal_year = inhabitants.fiscal_year
            and judged.report = inhabitants.report
    left join members
        on
            judged.municipality_code = members.municipality_code
            and judged.fiscal_year = members.fiscal_year
            and if(
                judged.share_code = 'joint_arrangements',
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
    own.general_grant_keur,
    own.share_pct,
    own.inhabitants,
    own.part_eur_per_inhabitant,
    own.peer_group_code,
    count(others.share_pct) as peers_n,
    case
        when count(others.share_pct) >= 5 then median(cast(others.share_pct as double))
    end as peer_median_pct,
    case
        when count(others.part_eur_per_inhabitant) >= 5
            then median(cast(others.part_eur_per_inhabitant as double))
    end as peer_median_eur_per_inhabitant,
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
