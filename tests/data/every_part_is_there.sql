-- Offenders: parts of a chapter of which the accounts package holds other rows than
-- seeds/accounts/chapter_parts.csv says, and parts of which it says nothing.
with

parts as (

    select unnest([{{ quoted_codes('chapter_part') }}]) as part

)

select
    programmes.municipality_code,
    programmes.fiscal_year,
    programmes.programme_code,
    parts.part,
    stated.rows_n as rows_stated,
    coalesce(found.rows_n, 0) as rows_found
from {{ ref('int_accounts__chapters') }} as programmes
cross join parts
left join {{ ref('stg_accounts__chapter_parts') }} as stated
    on
        programmes.municipality_code = stated.municipality_code
        and programmes.fiscal_year = stated.fiscal_year
        and programmes.programme_code = stated.programme_code
        and parts.part = stated.part
left join {{ ref('int_accounts__parts_found') }} as found
    on
        programmes.municipality_code = found.municipality_code
        and programmes.fiscal_year = found.fiscal_year
        and programmes.programme_code = found.programme_code
        and parts.part = found.part
where stated.rows_n is distinct from coalesce(found.rows_n, 0)
