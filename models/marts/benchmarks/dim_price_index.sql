with

prices as (

    select * from {{ ref('int_prices__index') }}

)

select
    'cpi' as price_index_code,
    price_year,
    'Consumentenprijsindex (CPI), alle bestedingen, jaargemiddelde' as price_index_name,
    price_index,
    price_base_year,
    chained_in,
    value_status,
    source,
    price_index_source
from prices
order by price_index_code, price_year
