select
    check_name,
    subject,
    kind,
    severity,
    status,
    observed,
    since,
    explanation
from {{ source('checks', 'check_results') }}
