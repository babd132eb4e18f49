with

expenses_covered as (

    select * from {{ ref('int_programmes__expenses_covered') }}

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    coverage_basis,
    {{ label_nl('coverage_basis', 'coverage_basis') }} as coverage_basis_name,
    expenses_keur,
    expenses_without_indicator_keur,
    expenses_without_indicator_pct,
    products_n,
    products_without_indicator_n,
    products_without_indicator,
    value_status
from expenses_covered
order by municipality_code, fiscal_year, programme_code, coverage_basis
