-- A level stands on nothing and is printed; a change starts where the step before it ended. Budget
-- and actual are those of net cost after reserves: the change from one to the other is the printed
-- variance, with the sign of a cost.
{% set after = 'net_cost_after_reserves_' -%}
{%- set steps = [
    ('variance', 'expenses_variance', 'change', 'expenses', 'expenses_variance_keur', '0'),
    ('variance', 'revenue_variance', 'change', 'revenue',
        'revenue_variance_keur', 'expenses_variance_keur'),
    ('variance', 'net_cost_variance', 'level', 'net_cost', 'net_cost_variance_keur',
        'expenses_variance_keur + revenue_variance_keur'),
    ('variance', 'transfer_to_reserves_variance', 'change', 'transfer_to_reserves',
        'transfer_to_reserves_variance_keur', 'net_cost_variance_keur'),
    ('variance', 'transfer_from_reserves_variance', 'change', 'transfer_from_reserves',
        'transfer_from_reserves_variance_keur',
        'net_cost_variance_keur + transfer_to_reserves_variance_keur'),
    ('variance', 'net_cost_after_reserves_variance', 'level', 'net_cost_after_reserves',
        after ~ 'variance_keur',
        'net_cost_variance_keur + transfer_to_reserves_variance_keur'
        ~ ' + transfer_from_reserves_variance_keur'),
    ('budget', 'original_budget', 'level', 'net_cost_after_reserves',
        after ~ 'original_budget_keur', 'null'),
    ('budget', 'budget_raised', 'change', 'net_cost_after_reserves',
        after ~ 'final_budget_keur - ' ~ after ~ 'original_budget_keur',
        after ~ 'original_budget_keur'),
    ('budget', 'final_budget', 'level', 'net_cost_after_reserves', after ~ 'final_budget_keur',
        after ~ 'original_budget_keur + ('
        ~ after ~ 'final_budget_keur - ' ~ after ~ 'original_budget_keur)'),
    ('budget', 'variance_as_cost', 'change', 'net_cost_after_reserves',
        '-' ~ after ~ 'variance_keur', after ~ 'final_budget_keur'),
    ('budget', 'actual', 'level', 'net_cost_after_reserves',
        after ~ 'actual_keur', after ~ 'final_budget_keur - ' ~ after ~ 'variance_keur'),
] -%}
{%- set names = [
    ('expenses_variance', 'Lasten lager dan begroot', 'Lasten hoger dan begroot',
        'Lasten zoals begroot'),
    ('revenue_variance', 'Baten hoger dan begroot', 'Baten lager dan begroot',
        'Baten zoals begroot'),
    ('transfer_to_reserves_variance', 'Minder toegevoegd aan reserves dan begroot',
        'Meer toegevoegd aan reserves dan begroot', 'Toegevoegd aan reserves zoals begroot'),
    ('transfer_from_reserves_variance', 'Meer onttrokken aan reserves dan begroot',
        'Minder onttrokken aan reserves dan begroot', 'Onttrokken aan reserves zoals begroot'),
    ('budget_raised', 'Begroting verhoogd in de loop van het jaar',
        'Begroting verlaagd in de loop van het jaar', 'Begroting niet gewijzigd'),
    ('variance_as_cost', 'Hoger dan begroot, na reserves', 'Lager dan begroot, na reserves',
        'Zoals begroot, na reserves'),
] -%}
with

results as (

    select * from {{ ref('programme_results') }}

),

cells as (

    select * from {{ ref('int_accounts__finance_cells') }}

),

printed as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        flow,
        any_value(source_document) as source_document,
        any_value(source_line) as source_line
    from cells
    where is_total
    group by municipality_code, fiscal_year, programme_code, flow

),

-- `reached` is where the step before ended: a change starts there, a level is held against it.
steps as (

    {% for waterfall, step_code, kind, flow, amount, reached in steps -%}
    select
        municipality_code,
        fiscal_year,
        programme_code,
        municipality_name,
        programme_name,
        '{{ waterfall }}' as waterfall,
        {{ loop.index if waterfall == 'variance' else loop.index - 6 }} as step_no,
        '{{ step_code }}' as step_code,
        '{{ kind }}' as step_kind,
        '{{ flow }}' as flow,
        {{ amount }} as amount_keur,
        {{ reached }} as reached_keur
    from results
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

placed as (

    select
        *,
        if(step_kind = 'level', 0, reached_keur) as start_keur
    from steps

)

select
    placed.municipality_code,
    placed.fiscal_year,
    placed.programme_code,
    placed.waterfall,
    cast(placed.step_no as integer) as step_no,
    placed.municipality_name,
    placed.programme_name,
    placed.step_code,
    case
        {%- for step_code, positive, negative, zero in names %}
        when placed.step_code = '{{ step_code }}' and placed.amount_keur is not null
            then case sign(placed.amount_keur)
                when 1 then '{{ positive }}'
                when -1 then '{{ negative }}'
                else '{{ zero }}'
            end
        {%- endfor %}
        else {{ label_nl('step', 'placed.step_code') }}
    end as step_name,
    placed.step_kind,
    cast(placed.amount_keur as decimal(18, 3)) as amount_keur,
    cast(if(placed.amount_keur is null, null, placed.start_keur) as decimal(18, 3)) as start_keur,
    cast(placed.start_keur + placed.amount_keur as decimal(18, 3)) as end_keur,
    cast(
        if(placed.step_kind = 'level', placed.amount_keur - placed.reached_keur, null)
        as decimal(18, 3)
    ) as rounding_keur,
    printed.source_document,
    printed.source_line
from placed
left join printed
    on
        placed.municipality_code = printed.municipality_code
        and placed.fiscal_year = printed.fiscal_year
        and placed.programme_code = printed.programme_code
        and placed.flow = printed.flow
order by
    placed.municipality_code,
    placed.fiscal_year,
    placed.programme_code,
    placed.waterfall,
    placed.step_no
