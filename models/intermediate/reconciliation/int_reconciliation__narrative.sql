-- One row per explained amount that has a line in the cost table, per component that is split into
-- parts, and per programme for the headline and for the sum of the components.
with

explanations as (

    select * from {{ ref('int_accounts__explanations') }}

),

cells as (

    select * from {{ ref('int_accounts__finance_cells') }}

),

results as (

    select * from cells
    where flow = 'net_cost_after_reserves' and phase = 'variance' and is_total

),

components as (

    select
        'narrative_to_table' as identity,
        municipality_code,
        fiscal_year,
        programme_code,
        subject,
        'equal' as relation,
        amount_keur as left_value,
        table_amount_keur as right_value,
        -- An amount on the wrong side of its hedge has no room for rounding left.
        if(reconciliation = 'differs', 0, tolerance_keur) as tolerance,
        source_document,
        concat(source_line, ', ', table_source_lines) as source_lines,
        seed_line
    from explanations
    where reconciliation != 'no_table_line'

),

headlines as (

    select
        'headline_to_table' as identity,
        explanations.municipality_code,
        explanations.fiscal_year,
        explanations.programme_code,
        explanations.subject,
        'equal' as relation,
        explanations.amount_keur as left_value,
        results.amount_keur as right_value,
        {{ half_units(1, 'explanations.rounded_to_keur') }} + {{ half_units(1) }} as tolerance,
        results.source_document,
        concat(explanations.source_line, ', ', results.source_line) as source_lines,
        explanations.seed_line
    from explanations
    inner join results
        on
            explanations.municipality_code = results.municipality_code
            and explanations.fiscal_year = results.fiscal_year
            and explanations.programme_code = results.programme_code
    where explanations.role = 'headline'

),

explained as (

    select
        'narrative_total_to_table' as identity,
        explanations.municipality_code,
        explanations.fiscal_year,
        explanations.programme_code,
        'Som van de verklaringen' as subject,
        'equal' as relation,
        sum(explanations.amount_keur) as left_value,
        any_value(results.amount_keur) as right_value,
        {{ half_units(1, 'sum(explanations.rounded_to_keur)') }} + {{ half_units(1) }} as tolerance,
        any_value(results.source_document) as source_document,
        concat(
            string_agg(explanations.source_line, ', ' order by explanations.source_line),
            ', ',
            any_value(results.source_line)
        ) as source_lines,
        min(explanations.seed_line) as seed_line
    from explanations
    inner join results
        on
            explanations.municipality_code = results.municipality_code
            and explanations.fiscal_year = results.fiscal_year
            and explanations.programme_code = results.programme_code
    where explanations.role = 'component'
    group by explanations.municipality_code, explanations.fiscal_year, explanations.programme_code

),

explained_headline as (

    select
        'narrative_total_to_headline' as identity,
        explanations.municipality_code,
        explanations.fiscal_year,
        explanations.programme_code,
        'Som van de verklaringen tegenover het genoemde resultaat' as subject,
        'equal' as relation,
        sum(explanations.amount_keur) filter (where explanations.role = 'component') as left_value,
        sum(explanations.amount_keur) filter (where explanations.role = 'headline') as right_value,
        {{ half_units(1, 'sum(explanations.rounded_to_keur)') }} as tolerance,
        any_value(explanations.source_document) as source_document,
        string_agg(explanations.source_line, ', ' order by explanations.source_line)
            as source_lines,
        min(explanations.seed_line) as seed_line
    from explanations
    where explanations.role in ('component', 'headline')
    group by explanations.municipality_code, explanations.fiscal_year, explanations.programme_code

),

parts as (

    select
        'parts_of_explanation' as identity,
        whole.municipality_code,
        whole.fiscal_year,
        whole.programme_code,
        whole.subject,
        'equal' as relation,
        any_value(whole.amount_keur) as left_value,
        sum(part.amount_keur) as right_value,
        {{ half_units(1, 'any_value(whole.rounded_to_keur) + sum(part.rounded_to_keur)') }}
            as tolerance,
        any_value(whole.source_document) as source_document,
        concat(
            any_value(whole.source_line),
            ', ',
            string_agg(part.source_line, ', ' order by part.source_line)
        ) as source_lines,
        any_value(whole.seed_line) as seed_line
    from explanations as whole
    inner join explanations as part
        on
            whole.municipality_code = part.municipality_code
            and whole.fiscal_year = part.fiscal_year
            and whole.programme_code = part.programme_code
            and whole.explanation_no = part.parent_explanation_no
    group by
        whole.municipality_code,
        whole.fiscal_year,
        whole.programme_code,
        whole.explanation_no,
        whole.subject

),

unioned as (

    select * from components
    union all
    select * from headlines
    union all
    select * from explained
    union all
    select * from explained_headline
    union all
    select * from parts

)

select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    'variance' as phase,
    relation,
    'keur' as unit,
    left_value,
    right_value,
    tolerance,
    cast(null as decimal(18, 3)) as bridge_value,
    null as bridge_item,
    source_document,
    source_lines,
    'variance_explanations' as seed_name,
    seed_line,
    'amount_keur' as seed_column
from unioned
