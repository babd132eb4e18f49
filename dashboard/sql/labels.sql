select
    list_name,
    code,
    label_nl
from marts.code_lists
order by list_name, code_no, code
