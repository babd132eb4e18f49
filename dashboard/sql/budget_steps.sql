select *
from marts.programme_steps
where waterfall = 'budget'
order by municipality_code, fiscal_year, programme_code, step_no
