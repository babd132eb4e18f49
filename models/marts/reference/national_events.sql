with

events as (

    select * from {{ ref('stg_reference__distorting_events') }}

),

taakvelden as (

    select * from {{ ref('dim_taakveld_current') }}

)

select
    events.event_code,
    events.taakveld_code,
    make_date(events.valid_from_year, 1, 1) as valid_from,
    make_date(events.valid_to_year, 12, 31) as valid_to,
    make_date(events.first_budget_year, 1, 1) as in_budgets_from,
    events.event_name,
    taakvelden.taakveld_name,
    events.effect,
    events.source
from events
left join taakvelden on events.taakveld_code = taakvelden.taakveld_code
order by events.event_code, events.taakveld_code
