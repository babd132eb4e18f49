select
    municipality_code,
    fiscal_year,
    programme_code
from {{ ref('stg_accounts__programmes') }}
