with

check_results as (

    select * from {{ source('checks', 'check_results') }}

),

judged as (

    select * from {{ ref('int_reconciliation__judged') }}

),

reconciliations as (

    select
        identity as check_name,
        concat_ws(
            ' ',
            municipality_code,
            fiscal_year,
            programme_code,
            subject,
            nullif(phase, 'not_applicable')
        ) as subject,
        'reconciliation' as kind,
        'warn' as severity,
        case
            when status in ('holds', 'rounding', 'bridged') then 'pass'
            when status = 'not_reconciled' then 'fail'
            else 'warn'
        end as status,
        cast(left_value as varchar) as observed,
        cast(right_value as varchar) as expected,
        'accounts' as owner,
        judged_since as since
    from judged

),

unioned as (

    select
        check_name,
        subject,
        kind,
        severity,
        status,
        observed,
        expected,
        owner,
        since
    from check_results
    union all
    select * from reconciliations

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
    since
from unioned
order by check_name, subject
