select
    municipality_code,
    fiscal_year,
    programme_code,
    product_name,
    taakveld_code,
    flow,
    weight as value
from marts.programme_taakveld_bridge
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and programme_code = $programme_code
    and product_name = $product_name
    and flow = $flow
order by taakveld_code
