select
    check_name,
    subject,
    kind,
    severity,
    status,
    since
from {{ source('checks', 'check_results') }}
