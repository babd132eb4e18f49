select
    kind,
    check_name,
    subject,
    status,
    since,
    observed,
    explanation
from marts.data_quality
order by kind, check_name, subject
