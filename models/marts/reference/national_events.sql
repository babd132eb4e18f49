with

events as (

    select * from {{ ref('stg_reference__distorting_events') }}

)

select
    event_code,
    taakveld_code,
    make_date(valid_from_year, 1, 1) as valid_from,
    make_date(valid_to_year, 12, 31) as valid_to,
    make_date(first_budget_year, 1, 1) as in_budgets_from,
    event_name,
    effect,
    source
from events
order by event_code, taakveld_code
