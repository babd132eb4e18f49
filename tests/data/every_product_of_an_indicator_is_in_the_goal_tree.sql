-- Offenders: products that an indicator is said to be about and the goal tree does not have.
with

named as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        indicator_code,
        unnest(string_split(products, '|')) as product_name
    from {{ ref('indicator_results') }}
    where products is not null

)

select named.*
from named
anti join {{ ref('goal_tree') }} as tree
    on
        named.municipality_code = tree.municipality_code
        and named.fiscal_year = tree.fiscal_year
        and named.programme_code = tree.programme_code
        and named.product_name = tree.node_name
        and tree.node_type = 'product'
