select *
from marts.reserve_movements
order by municipality_code, fiscal_year, programme_code, source_document, source_line
