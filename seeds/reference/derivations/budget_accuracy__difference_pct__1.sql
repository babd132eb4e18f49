select
    municipality_code,
    fiscal_year,
    subject_kind,
    subject_code,
    difference_pct as value
from marts.budget_accuracy
where
    municipality_code <> $municipality_code
    and fiscal_year = $fiscal_year
    and subject_kind = $subject_kind
    and subject_code = $subject_code
    and difference_pct is not null
order by municipality_code
