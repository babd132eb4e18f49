select
    {{ taakveld_spending_shown(parts='parts') }}
from {{ ref('taakveld_spending_storage') }}
where boundary != 'as_reported'
