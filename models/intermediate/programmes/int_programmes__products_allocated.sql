-- One row per product, flow and taakveld, of each municipality and year for which products are
-- mapped: the product's actual before reserves, spread by weight. A product that is not mapped goes
-- to `unmapped` whole. What rounding leaves over goes to the largest weight; it is measured against
-- the weights as they are, so weights that do not add up to 1 are not hidden.
with

nodes as (

    select * from {{ ref('int_accounts__goal_tree') }}

),

mapped as (

    select * from {{ ref('stg_reference__product_taakvelden') }}

),

mapped_years as (

    select distinct
        municipality_code,
        fiscal_year
    from mapped
    where taakveld_code != 'unmapped'

),

amounts as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name as product_name,
        'expenses' as flow,
        expenses_actual_keur as actual_keur,
        source_document,
        source_line
    from nodes
    where node_type = 'product'
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name as product_name,
        'revenue' as flow,
        revenue_actual_keur as actual_keur,
        source_document,
        revenue_source_line as source_line
    from nodes
    where node_type = 'product'

),

-- A product of the same name under two themes is one product here.
products as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        product_name,
        flow,
        cast(sum(actual_keur) as decimal(18, 3)) as product_keur,
        min(source_document) as source_document,
        min(source_line) as source_line
    from amounts
    where actual_keur is not null
    group by municipality_code, fiscal_year, programme_code, product_name, flow

),

parts as (

    select
        products.*,
        coalesce(mapped.taakveld_code, 'unmapped') as taakveld_code,
        coalesce(mapped.weight, cast(1 as decimal(18, 6))) as weight,
        mapped.weight_basis,
        coalesce(mapped.weight_fitted_on_iv3, false) as weight_fitted_on_iv3,
        coalesce(mapped.explanation, 'Dit product is nog niet aan taakvelden gekoppeld')
            as explanation,
        mapped.source as weight_source
    from products
    inner join mapped_years
        on
            products.municipality_code = mapped_years.municipality_code
            and products.fiscal_year = mapped_years.fiscal_year
    left join mapped
        on
            products.municipality_code = mapped.municipality_code
            and products.fiscal_year = mapped.fiscal_year
            and products.programme_code = mapped.programme_code
            and products.product_name = mapped.product_name

),

rounded as (

    select
        *,
        cast(round(product_keur * weight, 3) as decimal(18, 3)) as rounded_keur,
        cast(sum(weight) over of_product as decimal(18, 6)) as weights_total,
        row_number() over (of_product order by weight desc, taakveld_code asc) = 1
            as is_largest_part
    from parts
    window
        of_product as (
            partition by municipality_code, fiscal_year, programme_code, product_name, flow
        )

),

remaining as (

    select
        *,
        cast(
            round(product_keur * weights_total, 3) - sum(rounded_keur) over of_product
            as decimal(18, 3)
        ) as remainder_keur
    from rounded
    window
        of_product as (
            partition by municipality_code, fiscal_year, programme_code, product_name, flow
        )

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    product_name,
    taakveld_code,
    flow,
    weight,
    weight_basis,
    weight_fitted_on_iv3,
    product_keur,
    cast(rounded_keur + if(is_largest_part, remainder_keur, 0) as decimal(18, 3)) as allocated_keur,
    explanation,
    weight_source,
    source_document,
    source_line
from remaining
