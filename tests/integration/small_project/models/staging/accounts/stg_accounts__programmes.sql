select
    municipality_code,
    cast(fiscal_year as integer) as fiscal_year,
    programme_code
from {{ source('accounts', 'programmes') }}
