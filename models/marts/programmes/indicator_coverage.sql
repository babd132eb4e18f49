with

expenses_covered as (

    select * from {{ ref('int_programmes__expenses_covered') }}

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

named as (

    {{ with_names('expenses_covered') }}

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    coverage_basis,
    municipality_name,
    programme_name,
    {{ label_nl('coverage_basis', 'coverage_basis') }} as coverage_basis_name,
    expenses_keur,
    expenses_without_indicator_keur,
    expenses_without_indicator_pct,
    products_n,
    products_without_indicator_n,
    products_without_indicator,
    value_status
from named
order by municipality_code, fiscal_year, programme_code, coverage_basis
