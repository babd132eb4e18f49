{%- set flows = [
    'expenses', 'revenue', 'net_cost', 'transfer_to_reserves', 'transfer_from_reserves',
    'net_reserve_movement', 'net_cost_after_reserves',
] -%}
{%- set phases = ['original_budget', 'final_budget', 'actual', 'variance'] -%}
with

programmes as (

    select * from {{ ref('int_accounts__chapters') }}

),

cells as (

    select * from {{ ref('int_accounts__finance_cells') }}

),

explained as (

    select * from {{ ref('int_programmes__variance_explained') }}

),

coverage as (

    select * from {{ ref('int_programmes__indicator_coverage') }}

),

action_points as (

    select * from {{ ref('stg_accounts__action_points') }}

),

judged as (

    select * from {{ ref('int_reconciliation__judged') }}

),

municipalities as (

    select * from {{ ref('stg_reference__municipalities') }}

),

population as (

    select * from {{ ref('int_population__inhabitants') }}

),

-- Totals and net rows exactly as printed: one cell per flow and phase.
totals as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        {%- for flow in flows %}
        {%- for phase in phases %}
        max(amount_keur) filter (where flow = '{{ flow }}' and phase = '{{ phase }}')
            as {{ flow }}_{{ phase }}_keur,
        {%- endfor %}
        {%- endfor %}
        count(*) as printed_cells
    from cells
    where is_total
    group by municipality_code, fiscal_year, programme_code

),

action_point_counts as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        cast(count(*) as integer) as action_points_total,
        cast(count(*) filter (where carried_over) as integer) as action_points_carried_over
    from action_points
    group by municipality_code, fiscal_year, programme_code

),

quality as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        case
            when bool_or(status = 'not_reconciled') then 'fail'
            when bool_or(status in ('contradiction', 'scope_differs', 'undecidable')) then 'warn'
            else 'pass'
        end as dq_status
    from judged
    group by municipality_code, fiscal_year, programme_code

)

select
    programmes.municipality_code,
    programmes.fiscal_year,
    programmes.programme_code,
    municipalities.municipality_name,
    programmes.programme_name,
    programmes.portfolio_holder,
    -- What nobody said more precisely is what the inbox takes: annual accounts.
    coalesce(programmes.document_type, 'jaarstukken') as document_type,
    programmes.document_status,
    {%- for flow in flows %}
    {%- for phase in phases %}
    totals.{{ flow }}_{{ phase }}_keur,
    {%- endfor %}
    {%- endfor %}
    -- greatest() would take a missing figure for zero.
    cast(
        case
            when
                totals.transfer_to_reserves_actual_keur
                < totals.transfer_to_reserves_final_budget_keur
                then 0
            else
                totals.transfer_to_reserves_actual_keur
                - totals.transfer_to_reserves_final_budget_keur
        end as decimal(18, 3)
    ) as transfer_to_reserves_beyond_budget_keur,
    explained.explained_variance_keur,
    explained.unexplained_variance_keur,
    explained.gross_variance_keur,
    explained.gross_variance_covered_keur,
    explained.unexplained_lines,
    explained.largest_unexplained_line,
    explained.explanation_level,
    coverage.indicators_own,
    coverage.indicators_statutory,
    coverage.indicators_met,
    coverage.indicators_missed,
    coverage.indicators_undecided,
    coverage.indicators_without_verdict,
    coverage.expenses_without_indicator_pct,
    coverage.expenses_without_indicator_level,
    coverage.expenses_without_indicator_pct_low,
    coverage.expenses_without_indicator_pct_high,
    action_point_counts.action_points_total,
    action_point_counts.action_points_carried_over,
    population.inhabitants,
    -- Of a programme of which nothing can be held against anything, nothing was found right.
    coalesce(quality.dq_status, 'warn') as dq_status
from programmes
left join municipalities
    on
        programmes.municipality_code = municipalities.municipality_code
        and make_date(programmes.fiscal_year, 12, 31) >= municipalities.valid_from
        and make_date(programmes.fiscal_year, 12, 31)
        <= coalesce(municipalities.valid_to, date '9999-12-31')
left join totals
    on
        programmes.municipality_code = totals.municipality_code
        and programmes.fiscal_year = totals.fiscal_year
        and programmes.programme_code = totals.programme_code
left join explained
    on
        programmes.municipality_code = explained.municipality_code
        and programmes.fiscal_year = explained.fiscal_year
        and programmes.programme_code = explained.programme_code
left join coverage
    on
        programmes.municipality_code = coverage.municipality_code
        and programmes.fiscal_year = coverage.fiscal_year
        and programmes.programme_code = coverage.programme_code
left join action_point_counts
    on
        programmes.municipality_code = action_point_counts.municipality_code
        and programmes.fiscal_year = action_point_counts.fiscal_year
        and programmes.programme_code = action_point_counts.programme_code
left join population
    on
        programmes.municipality_code = population.municipality_code
        and programmes.fiscal_year = population.fiscal_year
left join quality
    on
        programmes.municipality_code = quality.municipality_code
        and programmes.fiscal_year = quality.fiscal_year
        and programmes.programme_code = quality.programme_code
order by programmes.municipality_code, programmes.fiscal_year, programmes.programme_code
