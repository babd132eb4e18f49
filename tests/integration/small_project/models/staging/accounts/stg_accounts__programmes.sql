-- The two chapters: of all other programmes only an overview is known.
select
    municipality_code,
    cast(fiscal_year as integer) as fiscal_year,
    programme_code
from {{ source('accounts', 'programmes') }}
where municipality_code = 'GM0153' and fiscal_year in ('2013', '2018')
