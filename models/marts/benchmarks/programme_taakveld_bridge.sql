with

products as (

    select * from {{ ref('int_programmes__products_allocated') }}

),

taakvelden as (

    select * from {{ ref('stg_reference__taakvelden') }}

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

-- Actuals bridge to the accounts that the municipality delivered as Iv3, to no other report.
spending as (

    select * from {{ ref('taakveld_spending') }}
    where report = 'accounts'

)

select
    products.municipality_code,
    products.fiscal_year,
    products.programme_code,
    products.product_name,
    products.taakveld_code,
    products.flow,
    names.municipality_name,
    names.programme_name,
    case products.taakveld_code
        when 'unmapped' then 'Niet gekoppeld aan een taakveld'
        else taakvelden.taakveld_name
    end as taakveld_name,
    products.weight,
    products.weight_basis,
    products.weight_fitted_on_iv3,
    products.product_keur,
    products.allocated_keur,
    if(products.weight_basis = 'estimate', 'estimated', 'reported') as value_status,
    if(products.flow = 'expenses', spending.expenses_keur, spending.revenue_keur) as iv3_keur,
    case
        when products.taakveld_code = 'unmapped' then 'not_applicable'
        when spending.taakveld_code is null then 'not_captured'
        when products.flow = 'expenses' then spending.value_status
        else spending.revenue_status
    end as iv3_status,
    products.explanation,
    products.weight_source,
    products.source_document,
    products.source_line
from products
left join taakvelden
    on
        products.taakveld_code = taakvelden.taakveld_code
        and products.fiscal_year
        between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)
left join names
    on
        products.municipality_code = names.municipality_code
        and products.fiscal_year = names.fiscal_year
        and products.programme_code = names.programme_code
left join spending
    on
        products.municipality_code = spending.municipality_code
        and products.fiscal_year = spending.fiscal_year
        and products.taakveld_code = spending.taakveld_code
order by
    products.municipality_code,
    products.fiscal_year,
    products.programme_code,
    products.product_name,
    products.taakveld_code,
    products.flow
