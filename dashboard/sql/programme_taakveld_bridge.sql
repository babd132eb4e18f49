select *
from marts.programme_taakveld_bridge
order by municipality_code, fiscal_year, programme_code, product_name, taakveld_code, flow
