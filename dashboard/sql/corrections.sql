select
    release_id,
    table_name,
    key,
    column_name,
    old_value,
    new_value,
    reason,
    known_since
from marts.corrections
order by known_since, reason, table_name, key, column_name
