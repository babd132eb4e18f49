select *
from marts.programme_steps
where waterfall = 'variance'
order by municipality_code, fiscal_year, programme_code, step_no
