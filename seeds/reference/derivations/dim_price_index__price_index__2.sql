select
    price_index_code,
    price_year,
    price_index as value
from marts.dim_price_index
where price_year = $chained_in
