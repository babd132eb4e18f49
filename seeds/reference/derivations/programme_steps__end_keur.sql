select
    municipality_code,
    fiscal_year,
    programme_code,
    waterfall,
    step_no,
    end_keur as value
from marts.programme_steps
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and programme_code = $programme_code
    and waterfall = $waterfall
    and step_no = $step_no - 1
