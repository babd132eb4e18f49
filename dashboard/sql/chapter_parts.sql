select *
from marts.chapter_parts
order by municipality_code, fiscal_year, programme_code, part
