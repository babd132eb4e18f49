select *
from marts.forecasts
where line_item = 'Totaal programma'
order by municipality_code, fiscal_year, programme_code, source_line, stage
