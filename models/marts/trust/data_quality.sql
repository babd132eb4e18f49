with

check_results as (

    select * from {{ source('checks', 'check_results') }}

)

select
    check_name,
    subject,
    kind,
    severity,
    status,
    observed,
    expected,
    owner,
    since,
    explanation
from check_results
order by check_name, subject
