select
    municipality_code,
    fiscal_year,
    programme_code,
    product_name,
    taakveld_code,
    flow,
    weight_fitted_on_iv3 as value
from marts.programme_taakveld_bridge
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and taakveld_code = $taakveld_code
order by programme_code, product_name, flow
