-- Offenders: amounts that a reported line lacks, though the cost table of its chapter has the column.
with

lines as (

    select * from {{ ref('programme_finance') }}
    where value_status = 'reported'

),

amounts as (

    select *
    from lines
    unpivot include nulls (
        amount_keur
        for phase_column in (original_budget_keur, final_budget_keur, actual_keur, variance_keur)
    )

)

select
    amounts.municipality_code,
    amounts.fiscal_year,
    amounts.programme_code,
    amounts.line_item,
    amounts.flow,
    amounts.phase_column
from amounts
inner join {{ ref('chapter_parts') }} as parts
    on
        amounts.municipality_code = parts.municipality_code
        and amounts.fiscal_year = parts.fiscal_year
        and amounts.programme_code = parts.programme_code
        and amounts.phase_column = parts.part || '_keur'
where amounts.amount_keur is null and parts.rows_n > 0
