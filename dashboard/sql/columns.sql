select
    table_name,
    column_name,
    comment
from duckdb_columns()
where schema_name = 'marts'
order by table_name, column_index
