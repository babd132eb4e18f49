select
    municipality_code,
    fiscal_year,
    subject_kind,
    subject_code,
    difference_keur as value
from marts.budget_accuracy
where
    municipality_code = $municipality_code
    and subject_kind = $subject_kind
    and subject_code = $subject_code
    and difference_keur is not null
order by fiscal_year
