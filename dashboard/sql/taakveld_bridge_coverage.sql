select *
from marts.taakveld_bridge_coverage
order by municipality_code, fiscal_year, taakveld_code, flow
