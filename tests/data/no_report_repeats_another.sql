-- Offenders: budgets and accounts that are a copy of those of another municipality, or of its own of
-- another year. When it is known which one is the copy, `iv3_faults` names it.
{{ config(severity='warn') }}

select * from {{ ref('int_comparison__repeated_reports') }}
where boundary = 'as_reported' and is_copy
