select
    {{ taakveld_spending_shown() }}
from {{ ref('taakveld_spending_storage') }}
where boundary != 'current'
