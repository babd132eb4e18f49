-- One row per programme: how much of its variance the narrative explains, net against the variance
-- of net cost after reserves, and gross over the printed lines; over the printed totals of the four
-- flows where the table has no lines, covered where an explanation tells of the flow.
with

programmes as (

    select * from {{ ref('int_accounts__chapters') }}

),

finance_lines as (

    select * from {{ ref('int_accounts__finance_lines') }}

),

explanations as (

    select * from {{ ref('stg_accounts__variance_explanations') }}

),

results as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        variance_keur
    from finance_lines
    where flow = 'net_cost_after_reserves' and is_total

),

components as (

    select * from explanations
    where role = 'component'

),

component_sums as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        sum(amount_keur) as explained_keur
    from components
    group by municipality_code, fiscal_year, programme_code

),

explained_lines as (

    select distinct
        municipality_code,
        fiscal_year,
        programme_code,
        line_item
    from components

),

explained_flows as (

    select distinct
        municipality_code,
        fiscal_year,
        programme_code,
        unnest(string_split(flows, '|')) as flow
    from components

),

-- Gross: each printed line counts with the size of its variance in every flow.
products as (

    select
        finance_lines.municipality_code,
        finance_lines.fiscal_year,
        finance_lines.programme_code,
        finance_lines.line_item,
        sum(abs(finance_lines.variance_keur)) as gross_keur,
        count(explained_lines.line_item) > 0 as is_explained
    from finance_lines
    left join explained_lines
        on
            finance_lines.municipality_code = explained_lines.municipality_code
            and finance_lines.fiscal_year = explained_lines.fiscal_year
            and finance_lines.programme_code = explained_lines.programme_code
            and finance_lines.line_item = explained_lines.line_item
    where not finance_lines.is_total and finance_lines.variance_keur is not null
    group by
        finance_lines.municipality_code,
        finance_lines.fiscal_year,
        finance_lines.programme_code,
        finance_lines.line_item

),

flow_totals as (

    select
        finance_lines.municipality_code,
        finance_lines.fiscal_year,
        finance_lines.programme_code,
        {{ label_nl('flow', 'finance_lines.flow') }} as line_item,
        abs(finance_lines.variance_keur) as gross_keur,
        explained_flows.flow is not null as is_explained
    from finance_lines
    left join explained_flows
        on
            finance_lines.municipality_code = explained_flows.municipality_code
            and finance_lines.fiscal_year = explained_flows.fiscal_year
            and finance_lines.programme_code = explained_flows.programme_code
            and finance_lines.flow = explained_flows.flow
    anti join products
        on
            finance_lines.municipality_code = products.municipality_code
            and finance_lines.fiscal_year = products.fiscal_year
            and finance_lines.programme_code = products.programme_code
    where
        finance_lines.is_total
        and finance_lines.flow in ({{ quoted_codes('flow_of_line') }})
        and finance_lines.variance_keur is not null

),

lines as (

    select
        *,
        'product' as explanation_level
    from products
    union all
    select
        *,
        'programme' as explanation_level
    from flow_totals

),

gross as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        any_value(explanation_level) as explanation_level,
        sum(gross_keur) as gross_keur,
        coalesce(sum(gross_keur) filter (where is_explained), 0) as covered_keur,
        count(*) filter (where not is_explained and gross_keur != 0) as unexplained_lines,
        first(line_item order by gross_keur desc, line_item asc) filter (
            where not is_explained and gross_keur != 0
        ) as largest_unexplained_line
    from lines
    group by municipality_code, fiscal_year, programme_code

)

select
    programmes.municipality_code,
    programmes.fiscal_year,
    programmes.programme_code,
    cast(component_sums.explained_keur as decimal(18, 3)) as explained_variance_keur,
    cast(results.variance_keur - component_sums.explained_keur as decimal(18, 3))
        as unexplained_variance_keur,
    cast(gross.gross_keur as decimal(18, 3)) as gross_variance_keur,
    cast(gross.covered_keur as decimal(18, 3)) as gross_variance_covered_keur,
    cast(gross.unexplained_lines as integer) as unexplained_lines,
    gross.largest_unexplained_line,
    coalesce(gross.explanation_level, 'programme') as explanation_level
from programmes
left join results
    on
        programmes.municipality_code = results.municipality_code
        and programmes.fiscal_year = results.fiscal_year
        and programmes.programme_code = results.programme_code
left join component_sums
    on
        programmes.municipality_code = component_sums.municipality_code
        and programmes.fiscal_year = component_sums.fiscal_year
        and programmes.programme_code = component_sums.programme_code
left join gross
    on
        programmes.municipality_code = gross.municipality_code
        and programmes.fiscal_year = gross.fiscal_year
        and programmes.programme_code = gross.programme_code
