select
    table_name,
    purpose,
    grain,
    key_columns,
    first_question,
    example
from marts.about
order by table_name
