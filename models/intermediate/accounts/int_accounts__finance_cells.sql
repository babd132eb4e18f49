-- One row per printed amount of the cost table: line, flow and phase.
with

programme_finance as (

    select * from {{ ref('stg_accounts__programme_finance') }}

),

cells as (

    unpivot programme_finance
    on original_budget_keur, final_budget_keur, actual_keur, variance_keur
    into name seed_column value amount_keur

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    line_item,
    flow,
    is_total,
    replace(seed_column, '_keur', '') as phase,
    amount_keur,
    source_document,
    source_line,
    'programme_finance' as seed_name,
    seed_line,
    seed_column
from cells
