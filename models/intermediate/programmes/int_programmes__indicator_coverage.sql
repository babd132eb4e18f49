-- One row per programme: its own indicators by verdict, and the share of product expenses for which
-- no own indicator is tied to the theme; to the objective where the goal tree has no themes. Null
-- where the chapter prints no products.
with

programmes as (

    select * from {{ ref('stg_accounts__programmes') }}

),

indicators as (

    select * from {{ ref('int_accounts__indicator_verdicts') }}

),

goal_tree as (

    select * from {{ ref('stg_accounts__goal_tree') }}

),

counts as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        count(*) filter (where indicator_kind = 'own') as indicators_own,
        count(*) filter (where indicator_kind = 'statutory') as indicators_statutory,
        count(*) filter (where indicator_kind = 'own' and verdict = 'met') as indicators_met,
        count(*) filter (where indicator_kind = 'own' and verdict = 'missed') as indicators_missed,
        count(*) filter (where indicator_kind = 'own' and verdict = 'undecided')
            as indicators_undecided,
        count(*) filter (
            where indicator_kind = 'own' and verdict not in ({{ quoted_codes('verdict_computed') }})
        ) as indicators_without_verdict
    from indicators
    group by municipality_code, fiscal_year, programme_code

),

-- A product under several themes ("1|2|3") is measured when any of them is.
products as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name,
        expenses_actual_keur,
        unnest(string_split(parent_node_code, '|')) as parent_code
    from goal_tree
    where node_type = 'product'

),

measured_codes as (

    select distinct
        municipality_code,
        fiscal_year,
        programme_code,
        coalesce(theme_code, objective_code_printed) as parent_code
    from indicators
    where indicator_kind = 'own'

),

products_measured as (

    select
        products.municipality_code,
        products.fiscal_year,
        products.programme_code,
        products.node_name,
        any_value(products.expenses_actual_keur) as expenses_actual_keur,
        count(measured_codes.parent_code) > 0 as is_measured
    from products
    left join measured_codes
        on
            products.municipality_code = measured_codes.municipality_code
            and products.fiscal_year = measured_codes.fiscal_year
            and products.programme_code = measured_codes.programme_code
            and products.parent_code = measured_codes.parent_code
    group by
        products.municipality_code,
        products.fiscal_year,
        products.programme_code,
        products.node_name

),

unmeasured as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        cast(
            round(
                100.0 * coalesce(sum(expenses_actual_keur) filter (where not is_measured), 0)
                / nullif(sum(expenses_actual_keur), 0),
                6
            ) as decimal(9, 6)
        ) as expenses_without_indicator_pct
    from products_measured
    group by municipality_code, fiscal_year, programme_code

)

select
    programmes.municipality_code,
    programmes.fiscal_year,
    programmes.programme_code,
    cast(coalesce(counts.indicators_own, 0) as integer) as indicators_own,
    cast(coalesce(counts.indicators_statutory, 0) as integer) as indicators_statutory,
    cast(coalesce(counts.indicators_met, 0) as integer) as indicators_met,
    cast(coalesce(counts.indicators_missed, 0) as integer) as indicators_missed,
    cast(coalesce(counts.indicators_undecided, 0) as integer) as indicators_undecided,
    cast(coalesce(counts.indicators_without_verdict, 0) as integer) as indicators_without_verdict,
    unmeasured.expenses_without_indicator_pct
from programmes
left join unmeasured
    on
        programmes.municipality_code = unmeasured.municipality_code
        and programmes.fiscal_year = unmeasured.fiscal_year
        and programmes.programme_code = unmeasured.programme_code
left join counts
    on
        programmes.municipality_code = counts.municipality_code
        and programmes.fiscal_year = counts.fiscal_year
        and programmes.programme_code = counts.programme_code
